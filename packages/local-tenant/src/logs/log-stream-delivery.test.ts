import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { itemsOf, startSink } from '../../test/log-sink.ts';
import { manage, managementToken, startTestTenant } from '../../test/requests.ts';
import { systemClock } from '../clock.ts';
import { LogStreamDelivery } from './log-stream-delivery.ts';
import type { LogStream } from './log-stream-state.ts';
import { TenantLogs } from './tenant-logs.ts';

const ada = '/users/github%7C1001';

/** A tenant, and what creates a stream in it and changes users. */
const setUp = async () => {
  const tenant = await startTestTenant();
  const token = await managementToken(tenant);
  const ask = (method: string, path: string, body?: unknown) =>
    manage(tenant, token, path, { method, ...(body !== undefined && { body }) });
  const stream = async (sink: Record<string, unknown>, filters: string[] = []) => {
    const made = await ask('POST', '/log-streams', {
      type: 'http',
      sink,
      filters: filters.map((name) => ({ type: 'category', name })),
    });
    return `/log-streams/${String(made.body.id)}`;
  };
  return { tenant, ask, stream };
};

describe('a log stream', () => {
  it('brings the events of its categories to the sink, as Auth0 does', async () => {
    const { ask, stream } = await setUp();
    const sink = await startSink();
    await stream(
      { httpEndpoint: sink.url, httpContentFormat: 'JSONARRAY', httpAuthorization: 'Bearer of-the-sink' },
      ['user.success'],
    );
    await ask('PATCH', ada, { blocked: true });
    await ask('DELETE', ada);
    await vi.waitFor(() => expect(sink.deliveries).toHaveLength(1));
    const [delivery] = sink.deliveries;
    expect(delivery).toMatchObject({
      authorization: 'Bearer of-the-sink',
      contentType: 'application/json',
    });
    const items = delivery === undefined ? [] : itemsOf(delivery);
    expect(items).toMatchObject([{ data: { type: 'sdu', user_id: 'github|1001', connection: 'github' } }]);
    expect(items[0]?.log_id).toBe(items[0]?.data.log_id);
  });

  it.each([
    ['JSONLINES', 2],
    ['JSONOBJECT', 1],
  ])('writes %s', async (httpContentFormat, most) => {
    const { ask, stream } = await setUp();
    const sink = await startSink();
    await stream({ httpEndpoint: sink.url, httpContentFormat, httpContentType: 'application/x-logs' }, [
      'management.success',
    ]);
    await ask('PATCH', ada, { blocked: true });
    await ask('PATCH', ada, { blocked: false });
    const lines = () => sink.deliveries.flatMap(({ text }) => text.split('\n'));
    await vi.waitFor(() => expect(lines()).toHaveLength(3));
    for (const { text, contentType } of sink.deliveries) {
      expect(contentType).toBe('application/x-logs');
      expect(text.split('\n').length).toBeLessThanOrEqual(most + 1);
      if (most === 1) expect(text).not.toContain('\n');
    }
    expect(lines().map((line): unknown => JSON.parse(line))).toMatchObject([
      { data: { description: 'Create a log stream' } },
      { data: { details: { request: { body: { blocked: true } } } } },
      { data: { details: { request: { body: { blocked: false } } } } },
    ]);
  });

  it('tries again until the sink takes the events, in their order', async () => {
    const { ask, stream } = await setUp();
    const sink = await startSink([500, 503, 429]);
    await stream({ httpEndpoint: sink.url, httpContentFormat: 'JSONOBJECT' }, ['management.success']);
    await ask('PATCH', ada, { name: 'one' });
    await ask('PATCH', ada, { name: 'two' });
    await vi.waitFor(() => expect(sink.deliveries).toHaveLength(6), { timeout: 5000 });
    const ids = sink.deliveries.map(({ text }) => itemsOf({ ...sinkless, text: `[${text}]` })[0]?.log_id);
    expect(new Set(ids.slice(0, 4)).size).toBe(1);
    expect(ids.slice(3)).toEqual(ids.slice(3).toSorted());
    expect(new Set(ids).size).toBe(3);
  });

  it('holds nothing up while its sink is away, and keeps events while it is paused', async () => {
    const { ask, stream } = await setUp();
    await stream({ httpEndpoint: 'http://127.0.0.1:1/nobody' });
    const sink = await startSink();
    const path = await stream({ httpEndpoint: sink.url, httpContentFormat: 'JSONARRAY' }, ['user.success']);
    await ask('PATCH', path, { status: 'paused' });
    expect((await ask('DELETE', ada)).status).toBe(204);
    expect(sink.deliveries).toEqual([]);
    await ask('PATCH', path, { status: 'active' });
    await vi.waitFor(() =>
      expect(sink.deliveries.flatMap(itemsOf)).toMatchObject([{ data: { type: 'sdu' } }]),
    );
  });

  it('keeps a thousand waiting events, the newest, and sends them fifty at a time', async () => {
    const sink = await startSink();
    const stream: LogStream = {
      id: 'lst_1',
      type: 'http',
      status: 'paused',
      sink: { httpEndpoint: sink.url, httpContentFormat: 'JSONARRAY' },
    };
    const logs = new TenantLogs(systemClock, 'test');
    const delivery = new LogStreamDelivery({ logStreams: [stream] }, logs);
    onTestFinished(() => delivery.close());
    for (let count = 1; count <= 1100; count += 1)
      logs.record({ type: 's', description: String(count), ip: '127.0.0.1' });
    expect(logs.events).toHaveLength(1000);
    stream.status = 'active';
    logs.record({ type: 's', description: '1101', ip: '127.0.0.1' });
    const described = () => sink.deliveries.flatMap(itemsOf).map(({ data }) => data.description);
    await vi.waitFor(() => expect(described()).toHaveLength(1000));
    expect(described()).toEqual(Array.from({ length: 1000 }, (_, index) => String(index + 102)));
    expect(sink.deliveries).toHaveLength(20);
  });
});

const sinkless = { authorization: undefined, contentType: undefined };
