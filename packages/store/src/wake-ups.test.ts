import { expect, it, vi } from 'vitest';
import { createWakeUps } from './wake-ups.ts';

/** A source of notices that the test moves by hand. */
function source() {
  const connections: { notice: (topic: string) => void; lost: () => void; stopped: boolean }[] = [];
  const wakeUps = createWakeUps(async (notice, lost) => {
    const connection = { notice, lost, stopped: false };
    connections.push(connection);
    return async () => {
      connection.stopped = true;
    };
  });
  return { connections, wakeUps };
}

it('shares one connection and wakes those of the topic', async () => {
  const { connections, wakeUps } = source();
  const heard: string[] = [];
  const [stop] = await Promise.all([
    wakeUps.listen('a', () => heard.push('a1')),
    wakeUps.listen('a', () => heard.push('a2')),
    wakeUps.listen('b', () => heard.push('b')),
  ]);
  expect(connections).toHaveLength(1);
  connections[0]?.notice('a');
  expect(heard).toEqual(['a1', 'a2']);
  stop();
  connections[0]?.notice('a');
  connections[0]?.notice('c');
  expect(heard).toEqual(['a1', 'a2', 'a2']);
});

it('wakes everybody when the connection is lost, and makes another for the next', async () => {
  const { connections, wakeUps } = source();
  let woken = 0;
  await wakeUps.listen('a', () => (woken += 1));
  await wakeUps.listen('b', () => (woken += 1));
  connections[0]?.lost();
  connections[0]?.lost();
  expect(woken).toBe(2);
  await wakeUps.listen('a', () => undefined);
  expect(connections).toHaveLength(2);
  connections[1]?.notice('b');
  expect(woken).toBe(3);
});

it('does without a connection that cannot be made, and tries again', async () => {
  let tries = 0;
  const wakeUps = createWakeUps(async () => {
    tries += 1;
    throw new Error('unreachable');
  });
  await wakeUps.listen('a', () => undefined);
  await wakeUps.listen('a', () => undefined);
  expect(tries).toBe(2);
  await wakeUps.close();
});

it('makes no connection after it was closed', async () => {
  const { connections, wakeUps } = source();
  await wakeUps.listen('a', () => undefined);
  await wakeUps.close();
  expect(connections[0]?.stopped).toBe(true);
  connections[0]?.lost();
  await wakeUps.listen('a', () => undefined);
  expect(connections).toHaveLength(1);
});

it('hands the text of a notice to those who follow its topic', async () => {
  const { connections, wakeUps } = source();
  const heard: (string | undefined)[] = [];
  const stop = await wakeUps.follow('a', (text) => heard.push(text));
  connections[0]?.notice('a {"some": "words"}');
  connections[0]?.notice('b other');
  stop();
  connections[0]?.notice('a more');
  expect(heard).toEqual(['{"some": "words"}']);
});

it('says to those who follow that notices were missed, once the connection is there again', async () => {
  const heard: (string | undefined)[] = [];
  const hold: { lose?: () => void; isReachable: boolean; tries: number } = { isReachable: true, tries: 0 };
  const wakeUps = createWakeUps(async (_notice, lost) => {
    hold.tries += 1;
    if (!hold.isReachable) throw new Error('unreachable');
    hold.lose = lost;
    return async () => undefined;
  });
  await wakeUps.follow('a', (text) => heard.push(text));
  hold.isReachable = false;
  hold.lose?.();
  await vi.waitFor(() => expect(hold.tries).toBe(3), { timeout: 10_000 });
  expect(heard).toEqual([]);
  hold.isReachable = true;
  await vi.waitFor(() => expect(heard).toEqual([undefined]), { timeout: 10_000 });
  await wakeUps.close();
});
