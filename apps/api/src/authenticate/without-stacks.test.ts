import { expect, it } from 'vitest';
import { withoutStacks } from './without-stacks.ts';

it('errors have no stack inside, and their stack again afterwards', () => {
  const inside = withoutStacks(() => new Error('inside'));
  expect(inside.stack).toBe('Error: inside');
  expect(new Error('after').stack).toContain('without-stacks.test.ts');
});

it('an error that leaves ends it too', () => {
  const fail = (): never => {
    throw new Error('inside');
  };
  expect(() => withoutStacks(fail)).toThrow('inside');
  expect(new Error('after').stack).toContain('without-stacks.test.ts');
});
