import { describe, expect, it } from 'vitest';
import type { PostLoginEvent } from './post-login-event.ts';
import { isSignIn } from './sign-in-notice.ts';

const eventOf = (transaction?: PostLoginEvent['transaction']): PostLoginEvent => ({
  secrets: {},
  connection: { name: 'github' },
  user: { user_id: 'github|1' },
  ...(transaction && { transaction }),
});

describe('a login at which somebody signed in', () => {
  it.each<[PostLoginEvent['transaction'], boolean]>([
    [undefined, true],
    [{ protocol: 'oidc-basic-profile', prompt: [] }, true],
    [{ protocol: 'oidc-basic-profile', prompt: ['login', 'consent'] }, true],
    [{ protocol: 'samlp' }, true],
    // A native social login, with a token that the app got from the IdP.
    [{ protocol: 'oauth2-token-exchange' }, true],
    [{ protocol: 'oauth2-token-exchange', actor: { sub: 'an-api' } }, false],
    [{ protocol: 'oidc-basic-profile', prompt: ['none'] }, false],
    [{ protocol: 'oauth2-refresh-token' }, false],
  ])('%j: %s', (transaction, expected) => {
    expect(isSignIn(eventOf(transaction))).toBe(expected);
  });
});
