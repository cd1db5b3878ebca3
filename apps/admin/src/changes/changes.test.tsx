import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { openDashboard, problem } from '../test/open-dashboard.tsx';
import { sampleIdentity, sampleListedUser } from '../test/samples.ts';

const userPath = 'GET /v1/users/github%7C1001/identities';
const usable = sampleIdentity().verdict;
const revoked = { ...usable, state: 'revoked', callable: false, detail: 'The IdP refused it.' } as const;
const event = (name: string, data: object): string => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
const changed = (userId: string): string => event('user', { user_id: userId, what: 'profile' });

/** The stream of changes, said by the test. */
function changesStream() {
  const encoder = new TextEncoder();
  const controllers: ReadableStreamDefaultController<Uint8Array>[] = [];
  return {
    answer: () =>
      new Response(
        new ReadableStream<Uint8Array>({ start: (controller) => void controllers.push(controller) }),
        { headers: { 'content-type': 'text/event-stream' } },
      ),
    opened: () => controllers.length,
    say: (text: string) => controllers.at(-1)?.enqueue(encoder.encode(text)),
    end: () => controllers.at(-1)?.close(),
  };
}

function openUser(changes: ReturnType<typeof changesStream>) {
  const now = { verdict: usable };
  const opened = openDashboard('/users/github%7C1001', {
    'GET /v1/changes': changes.answer,
    [userPath]: () => ({ user: sampleListedUser(), identities: [sampleIdentity(now)] }),
  });
  return { ...opened, now, reads: () => opened.requests.filter((request) => request === userPath).length };
}
const shown = async () => within(await screen.findByRole('article', { name: /GitHub/ }));

it('a user who changed is read again', async () => {
  const changes = changesStream();
  const { now } = openUser(changes);
  expect(await (await shown()).findByText('Usable')).toBeVisible();
  await expect.poll(changes.opened).toBe(1);
  Object.assign(now, { verdict: revoked });
  const [first, rest] = [changed('github|1001').slice(0, 9), changed('github|1001').slice(9)];
  changes.say(first);
  changes.say(rest);
  expect(await (await shown()).findByText('The IdP refused it.')).toBeVisible();
});

it('other users are not', async () => {
  const changes = changesStream();
  const { reads } = openUser(changes);
  expect(await (await shown()).findByText('Usable')).toBeVisible();
  await expect.poll(changes.opened).toBe(1);
  changes.say(`${changed('github|2')}: a comment\n\n${event('other', {})}${event('user', {})}`);
  changes.say(changed('github|1001'));
  await expect.poll(reads).toBe(2);
});

it('everything is read again when changes may have been missed, and after the stream was gone', async () => {
  const changes = changesStream();
  const { reads } = openUser(changes);
  expect(await (await shown()).findByText('Usable')).toBeVisible();
  await expect.poll(changes.opened).toBe(1);
  changes.say(event('missed', {}));
  await expect.poll(reads).toBe(2);
  changes.end();
  await expect.poll(changes.opened, { timeout: 5_000 }).toBe(2);
  await expect.poll(reads).toBe(3);
});

it('whoever may not listen is left alone', async () => {
  let asked = 0;
  openDashboard('/users/github%7C1001', {
    'GET /v1/changes': () => {
      asked += 1;
      return problem(403, 'permission_missing');
    },
    [userPath]: { user: sampleListedUser(), identities: [sampleIdentity()] },
  });
  expect(await (await shown()).findByText('Usable')).toBeVisible();
  await expect.poll(() => asked).toBe(1);
  expect(screen.queryByRole('alert')).not.toBeInTheDocument();
});
