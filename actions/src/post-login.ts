import { connectionsClaim, cutClaim, listConnections } from './connections-claim.ts';
import { nameIdentities } from './identity-names.ts';
import type { PostLoginApi, PostLoginEvent } from './post-login-event.ts';
import { sendNotice } from './send-notice.ts';
import { isSignIn, signNotice } from './sign-in-notice.ts';

/**
 * The post-login Action: writes the user's connections into access tokens for the relay, and tells the relay of the
 * sign-in. Never throws and never denies, whatever the relay does: a login must not fail by it. Never reads a token.
 * @see https://auth0.com/docs/customize/actions/explore-triggers/signup-and-login-triggers/login-trigger
 */
export async function onExecutePostLogin(event: PostLoginEvent, api: PostLoginApi): Promise<void> {
  try {
    addClaim(event, api);
    const problem = await tellRelay(event);
    if (problem !== undefined) complain(problem);
  } catch {
    // An error's own message may quote anything.
    complain('unforeseen');
  }
}

function addClaim(event: PostLoginEvent, api: PostLoginApi): void {
  const audience = event.secrets.RELAY_AUDIENCE;
  if (audience === undefined || event.resource_server?.identifier !== audience) return;
  const { names, cut } = listConnections(nameIdentities(event));
  api.accessToken.setCustomClaim(connectionsClaim, names);
  if (cut > 0) api.accessToken.setCustomClaim(cutClaim, cut);
}

/** @returns what went wrong */
async function tellRelay(event: PostLoginEvent): Promise<string | undefined> {
  if (!isSignIn(event)) return undefined;
  const { RELAY_URL: relayUrl, NOTICE_SECRET: secret } = event.secrets;
  if (!relayUrl) return 'RELAY_URL is missing';
  if (!secret) return 'NOTICE_SECRET is missing';
  const now = Date.now();
  const notice = {
    user_id: event.user.user_id,
    connection: event.connection.name,
    signed_in_at: new Date(now).toISOString(),
    identities: nameIdentities(event),
  };
  return sendNotice(relayUrl, signNotice(notice, secret, now));
}

/** Auth0 keeps 256 characters of an Action's console. */
function complain(problem: string): void {
  console.log(`idp-relay: sign-in not told: ${problem}`);
}
