import type { SignedNotice } from './sign-in-notice.ts';

/**
 * Milliseconds that a login waits for the relay at most. Auth0 gives all Actions of a login 20 s together, and people
 * give up sooner.
 */
export const noticeTimeout = 2_000;

/**
 * Sends a notice to the relay, and waits for its word. Never throws, and keeps nothing of what comes back.
 * @param relayUrl origin of the relay, with a path where it has one
 * @returns what went wrong, in few words without the address or anything that was sent; undefined: it was taken
 */
export async function sendNotice(relayUrl: string, notice: SignedNotice): Promise<string | undefined> {
  const address = `${relayUrl.replace(/\/+$/, '')}/v1/notices/sign-in`;
  if (!URL.canParse(address)) return 'RELAY_URL is not a URL';
  const signal = AbortSignal.timeout(noticeTimeout);
  try {
    // What is signed for the relay goes nowhere else.
    const answer = await fetch(address, { ...notice, method: 'POST', redirect: 'manual', signal });
    // Not awaited: a body that does not end would hold the login up.
    answer.body?.cancel().catch(() => undefined);
    return answer.status === 204 ? undefined : `the relay answered ${answer.status}`;
  } catch {
    return signal.aborted ? 'the relay did not answer in time' : 'the relay cannot be reached';
  }
}
