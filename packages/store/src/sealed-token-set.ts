import { Secret, type IdentityKey, type TokenSet } from '@idp-relay/idp-tokens';
import { z } from 'zod';
import { seal, unseal, type Envelope } from './envelope.ts';
import { SealBrokenError } from './errors.ts';
import type { KeyRing } from './key-ring.ts';

const secret = z.string().transform((value) => new Secret(value));

/** The content of an envelope. Add fields as optional ones: rows written before must go on opening. */
const Content = z.object({
  accessToken: secret,
  accessTokenSecret: secret.exactOptional(),
  refreshToken: secret.exactOptional(),
  scope: z.array(z.string()).exactOptional(),
  obtainedAt: z.number(),
  expiresAt: z.number().exactOptional(),
});

/** Seals a token set for one identity. */
export function sealTokenSet(keyRing: KeyRing, identity: IdentityKey, tokenSet: TokenSet): Envelope {
  const content = Buffer.from(
    JSON.stringify({
      ...tokenSet,
      accessToken: tokenSet.accessToken.reveal(),
      accessTokenSecret: tokenSet.accessTokenSecret?.reveal(),
      refreshToken: tokenSet.refreshToken?.reveal(),
    }),
  );
  const envelope = seal(keyRing, identity, content);
  content.fill(0);
  return envelope;
}

/**
 * Opens what {@link sealTokenSet} made.
 * @throws UnknownKeyError, SealBrokenError
 */
export function unsealTokenSet(keyRing: KeyRing, identity: IdentityKey, envelope: Envelope): TokenSet {
  const content = unseal(keyRing, identity, envelope);
  try {
    return Content.parse(JSON.parse(content.toString('utf8')));
  } catch {
    // The errors of JSON and zod would show the tokens.
    throw new SealBrokenError();
  } finally {
    content.fill(0);
  }
}
