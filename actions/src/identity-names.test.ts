import { expect, it } from 'vitest';
import { nameIdentities } from './identity-names.ts';
import type { PostLoginEvent } from './post-login-event.ts';

const eventOf = (identities: PostLoginEvent['user']['identities']): PostLoginEvent => ({
  secrets: {},
  connection: { name: 'github' },
  user: { user_id: 'github|1', ...(identities && { identities }) },
});
const refuse = (): never => {
  throw new Error('a token was looked at');
};

it('looks at three fields of an identity alone', () => {
  const name = { connection: 'github', provider: 'github', user_id: '1' };
  const identity = Object.defineProperties(
    { ...name },
    {
      access_token: { get: refuse, enumerable: true },
      refresh_token: { get: refuse, enumerable: true },
      profileData: { get: refuse, enumerable: true },
    },
  );
  expect(nameIdentities(eventOf([identity]))).toEqual([name]);
});

it('takes ids that are numbers, and leaves out what is no identity', () => {
  const identities = [
    { connection: 'facebook', provider: 'facebook', user_id: 7 },
    { connection: 'x', provider: 'x' },
    { connection: { name: 'x' }, provider: 'x', user_id: '1' },
    {},
  ];
  expect(nameIdentities(eventOf(identities))).toEqual([
    { connection: 'facebook', provider: 'facebook', user_id: '7' },
  ]);
  expect(nameIdentities(eventOf(undefined))).toEqual([]);
});
