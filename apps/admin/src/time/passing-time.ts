import { useSyncExternalStore } from 'react';

/** So often (milliseconds) everything that says how long ago something was says it anew. */
const tickMs = 30_000;

const listeners = new Set<() => void>();
let ticks = 0;
let ticking: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    ticks += 1;
    for (const each of listeners) each();
  }, tickMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** Renders a component again as time passes. */
export function usePassingTime(): void {
  useSyncExternalStore(subscribe, () => ticks);
}
