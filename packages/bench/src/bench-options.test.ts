import { expect, it } from 'vitest';
import { parseBenchOptions } from './bench-options.ts';

it('reads what is asked for', () => {
  expect(parseBenchOptions(['--quick', '--json', 'a.json'])).toEqual({
    quick: true,
    json: 'a.json',
    writeReadme: false,
    profile: undefined,
  });
});

it.each([['--slow'], ['--json'], ['now']])('names what it does not know: %s', (argument) => {
  expect(() => parseBenchOptions([argument])).toThrow(argument);
});
