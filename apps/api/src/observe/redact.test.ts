import { Writable } from 'node:stream';
import { Secret } from '@idp-relay/idp-tokens';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { loggingOptions } from './logging.ts';
import { redact } from './redact.ts';

/** What a line comes to in the log of an API. */
async function logged(line: object): Promise<string> {
  let text = '';
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  const app = Fastify(loggingOptions('info', stream));
  app.log.info(line, 'a line');
  await app.close();
  return text;
}

it.each([
  ['at the top', { access_token: 'cAnArY', other: 'kept' }],
  ['written otherwise', { Authorization: 'Bearer cAnArY', clientSecret: 'cAnArY', other: 'kept' }],
  ['deeper', { a: { b: { refresh_token: 'cAnArY', other: 'kept' } } }],
  ['in a list', { a: [{ id_token: 'cAnArY' }, [{ cookie: 'cAnArY' }]], other: 'kept' }],
  ['too deep to look', { other: 'kept', a: { b: { c: { d: { e: 'cAnArY' } } } } }],
  ['in a secret', { value: new Secret('cAnArY'), other: 'kept' }],
])('leaves a credential out: %s', async (_where, line) => {
  const text = await logged(line);
  expect(text).not.toContain('cAnArY');
  expect(text).toContain('kept');
});

it('changes nothing of what it is given', () => {
  const line = { id_token: 'x', a: { cookie: 'y' } };
  redact(line);
  expect(line).toEqual({ id_token: 'x', a: { cookie: 'y' } });
});
