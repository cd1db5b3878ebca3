import { expect, it } from 'vitest';
import { mostSelfTime } from './cpu-profile.ts';

const node = (id: number, functionName: string) => ({
  id,
  callFrame: { functionName, url: 'file:///a/b/c/d.ts', lineNumber: 1 },
});

it('adds up samples of the same function, and leaves out the first half and idle time', () => {
  const profile = {
    nodes: [node(1, 'hash'), node(2, '(idle)'), node(3, ''), node(4, 'hash'), node(5, 'start')],
    samples: [5, 5, 5, 3, 1, 2, 3, 4],
    timeDeltas: [500, 500, 500, 500, 20, 1000, 20, 40],
  };
  expect(mostSelfTime(profile, 5)).toEqual([
    { where: 'hash b/c/d.ts:2', share: 0.75 },
    { where: '(anonymous) b/c/d.ts:2', share: 0.25 },
  ]);
  expect(mostSelfTime(profile, 1)).toHaveLength(1);
});
