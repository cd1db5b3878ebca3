import { expect, it } from 'vitest';
import { VerifiedTokens } from './verified-tokens.ts';
import type { VerifiedCaller } from './verified-caller.ts';

const start = 1_790_000_000_000;
function remembering(lastsMs: number) {
  const clock = { time: start, now: () => clock.time, sleep: () => Promise.resolve() };
  const tokens = new VerifiedTokens(clock, 2);
  const caller: VerifiedCaller = {
    kind: 'user',
    userId: 'github|1001',
    clientId: 'product',
    permissions: new Set(['call:idp']),
    tokenKind: 'access_token',
    expiresAt: start + lastsMs,
  };
  tokens.keep('the.token.itself', caller);
  return { clock, tokens, caller };
}

it('knows a token that was verified, and no other', () => {
  const { tokens, caller } = remembering(3_600_000);
  expect(tokens.find('the.token.itself')).toBe(caller);
  expect(tokens.find('the.token.itselF')).toBeUndefined();
});

it('forgets it with the token’s own end', () => {
  const { clock, tokens } = remembering(60_000);
  clock.time = start + 59_999;
  expect(tokens.find('the.token.itself')).toBeDefined();
  clock.time = start + 60_000;
  expect(tokens.find('the.token.itself')).toBeUndefined();
});

it('forgets it after five minutes, when the tenant may have revoked its key', () => {
  const { clock, tokens } = remembering(3_600_000);
  clock.time = start + 300_000;
  expect(tokens.find('the.token.itself')).toBeUndefined();
});

it('remembers as many as it may, and never the token', () => {
  const { tokens, caller } = remembering(60_000);
  for (const token of ['a', 'b', 'c']) tokens.keep(token, caller);
  expect(tokens.size).toBe(2);
  expect(tokens.find('the.token.itself')).toBeUndefined();
});
