import { expect, it } from 'vitest';
import { listConnections, longestList } from './connections-claim.ts';

const named = (...connections: readonly string[]) =>
  connections.map((connection) => ({ connection, provider: 'oauth2', user_id: '1' }));

it('lists each connection once, in order', () => {
  expect(listConnections(named('windowslive', 'github', 'windowslive', 'acme'))).toEqual({
    names: ['acme', 'github', 'windowslive'],
    cut: 0,
  });
  expect(listConnections([])).toEqual({ names: [], cut: 0 });
});

it('drops whole names when the list gets too long, and counts them', () => {
  const all = Array.from({ length: 60 }, (_none, index) => `connection-${String(index).padStart(14, '0')}`);
  const { names, cut } = listConnections(named(...all));
  expect(names).toEqual(all.slice(0, all.length - cut));
  expect(cut).toBeGreaterThan(0);
  const size = (list: readonly string[]): number => Buffer.byteLength(JSON.stringify(list));
  expect(size(names)).toBeLessThanOrEqual(longestList);
  expect(size(all.slice(0, names.length + 1))).toBeGreaterThan(longestList);
});

it('counts bytes, and gives an empty list where not even the first name fits', () => {
  expect(listConnections(named('é'.repeat(600)))).toEqual({ names: [], cut: 1 });
});
