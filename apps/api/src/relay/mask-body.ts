import { pipeline, Transform, type Readable } from 'node:stream';
import type { SecretMask } from '@idp-relay/idp-tokens';
import { bodyHighWaterMark } from './response-receiver.ts';

/**
 * An IdP's answer with the token that was sent written over, wherever the IdP repeats it: Facebook puts it into the
 * addresses of further pages. Length and all other bytes stay as they are, and no byte waits for longer than it takes to know.
 * A compressed body goes by unread; the relay asks for none.
 */
export function maskBody(body: Readable | Buffer, mask: SecretMask): Readable | Buffer {
  if (Buffer.isBuffer(body)) return mask.whole(body);
  const masking = new Transform({
    highWaterMark: bodyHighWaterMark,
    transform: (chunk: Buffer, _encoding, done) => done(null, mask.push(chunk)),
    flush: (done) => done(null, mask.end()),
  });
  // The end of either is the end of both; an error reaches whoever reads.
  return pipeline(body, masking, () => undefined);
}
