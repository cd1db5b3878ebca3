import { expect, it } from 'vitest';
import { parseBenchOptions } from './bench-options.ts';

it('reads what is asked for', () => {
  expect(parseBenchOptions(['--quick', '--json', 'a.json', '--database', 'postgres://here/bench'])).toEqual({
    quick: true,
    json: 'a.json',
    database: 'postgres://here/bench',
    writeReadme: false,
    profile: undefined,
  });
});

it.each([['--slow'], ['--json'], ['now']])('names what it does not know: %s', (argument) => {
  expect(() => parseBenchOptions([argument])).toThrow(argument);
});
