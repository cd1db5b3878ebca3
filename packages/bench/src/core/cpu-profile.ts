import { z } from 'zod';

/** V8's CPU profile, as far as it is read. @see https://chromedevtools.github.io/devtools-protocol/tot/Profiler/ */
export const CpuProfile = z.object({
  nodes: z.array(
    z.object({
      id: z.number(),
      callFrame: z.object({ functionName: z.string(), url: z.string(), lineNumber: z.number() }),
    }),
  ),
  samples: z.array(z.number()),
  /** Microseconds before each sample. */
  timeDeltas: z.array(z.number()),
});
export type CpuProfile = z.infer<typeof CpuProfile>;

/** A function and its share of the time that was not idle, from 0 to 1, without what it calls. */
export interface SelfTime {
  readonly where: string;
  readonly share: number;
}

/** V8's own words for time in which nothing ran. */
const idle = new Set(['(idle)', '(program)', '(root)']);

/**
 * The functions that took most time themselves, the most expensive one first. Only the second half of the samples counts:
 * in the first one the program starts, and V8 compiles.
 */
export function mostSelfTime({ nodes, samples, timeDeltas }: CpuProfile, count: number): SelfTime[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<string, number>();
  samples.forEach((id, index) => {
    const frame = frames.get(id);
    if (index < samples.length / 2 || frame === undefined || idle.has(frame.functionName)) return;
    const file = frame.url.split('/').slice(-3).join('/');
    const where = `${frame.functionName || '(anonymous)'} ${file}:${frame.lineNumber + 1}`;
    times.set(where, (times.get(where) ?? 0) + (timeDeltas[index] ?? 0));
  });
  const all = [...times.values()].reduce((sum, time) => sum + time, 0);
  return [...times]
    .sort(([, one], [, other]) => other - one)
    .slice(0, count)
    .map(([where, time]) => ({ where, share: time / all }));
}
