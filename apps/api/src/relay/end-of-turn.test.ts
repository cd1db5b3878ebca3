import { expect, it } from 'vitest';
import { endOfTurn } from './end-of-turn.ts';

it('all who wait in one turn go on together, those of the next turn later', async () => {
  const order: string[] = [];
  const wait = async (name: string): Promise<void> => {
    await endOfTurn();
    order.push(name);
  };
  /** Promises that can settle in this turn have done so. */
  const settled = () => new Promise<void>((resolve) => process.nextTick(resolve));
  const both = Promise.all([wait('first'), wait('second')]);
  await settled();
  expect(order).toEqual([]);
  await both;
  expect(order).toEqual(['first', 'second']);
  const later = wait('later');
  await settled();
  expect(order).toHaveLength(2);
  await later;
  expect(order).toEqual(['first', 'second', 'later']);
});
