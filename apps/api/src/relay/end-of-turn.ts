import { setImmediate } from 'node:timers/promises';

let turnsEnd: Promise<void> | undefined;

/** Comes when the event loop has taken in all that has arrived by now. All who wait for it in one turn go on together. */
export function endOfTurn(): Promise<void> {
  turnsEnd ??= setImmediate().then(() => {
    turnsEnd = undefined;
  });
  return turnsEnd;
}
