import autocannon from 'autocannon';
import { BenchError } from '../bench-error.ts';
import type { Child } from '../processes/child.ts';
import { cpuSeconds } from '../processes/process-usage.ts';

/** Calls to make of a contender. */
export interface Load {
  /** Access tokens of the callers. Each connection has its own share and goes round it. */
  readonly tokens: readonly string[];
  /** How many calls in all; a multiple of the connections. */
  readonly calls: number;
  readonly connections: number;
  /** What is called; {@link smallCallPath} when left out. */
  readonly path?: string;
}

/** What came of a {@link Load}. */
export interface Driven {
  readonly calls: number;
  /** Calls that were not answered by 2xx. */
  readonly failures: number;
  /** Statuses of the answers, with how many there were of each. */
  readonly statuses: Readonly<Record<string, number>>;
  /** From the first request to the last answer. */
  readonly seconds: number;
  /** CPU seconds of the contender; undefined where the machine does not say. */
  readonly cpuSeconds: number | undefined;
}

/** Longest wait for one answer, in seconds. */
const timeout = 60;
/** How often autocannon looks whether it is done, in milliseconds. */
const sampleInt = 50;

/** The small call that everything is measured by: 1 KB of JSON. */
export const smallCallPath = '/v1/me/idp/github/user';

/** Makes the calls, each connection one after the other, and counts. */
export async function drive(contender: Child, load: Load): Promise<Driven> {
  const { tokens, calls, connections, path = smallCallPath } = load;
  let nextConnection = 0;
  const setupClient = (client: autocannon.Client): void => {
    const share = shareOf(tokens, nextConnection, connections);
    nextConnection += 1;
    client.setRequests(share.map((token) => ({ headers: { authorization: `Bearer ${token}` } })));
  };
  const url = `${contender.origin}${path}`;
  const before = cpuSeconds(contender.pid);
  const startedAt = performance.now();
  let endedAt = startedAt;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon(
      { url, connections, amount: calls, setupClient, timeout, sampleInt },
      (error: unknown, done: autocannon.Result) => {
        if (error instanceof Error) reject(error);
        else resolve(done);
      },
    );
    run.on('response', () => {
      endedAt = performance.now();
    });
  });
  const after = cpuSeconds(contender.pid);
  return {
    calls,
    failures: calls - result['2xx'],
    statuses: Object.fromEntries(
      Object.entries(result.statusCodeStats ?? {}).map(([status, { count = 0 }]) => [status, count]),
    ),
    seconds: (endedAt - startedAt) / 1000,
    cpuSeconds: before === undefined || after === undefined ? undefined : after - before,
  };
}

/**
 * As {@link drive}, where a call that fails makes the whole measurement worthless.
 * @throws BenchError
 */
export async function driveWithoutFailure(contender: Child, load: Load): Promise<Driven> {
  const driven = await drive(contender, load);
  if (driven.failures === 0) return driven;
  throw new BenchError(
    `${contender.name} failed ${driven.failures} of ${driven.calls} calls. Statuses: ${JSON.stringify(driven.statuses)}`,
  );
}

/** Every token is in one share, and no share is empty. */
function shareOf(tokens: readonly string[], connection: number, connections: number): readonly string[] {
  const own = tokens.filter((_token, index) => index % connections === connection);
  return own.length > 0 ? own : tokens.slice(connection % tokens.length).slice(0, 1);
}
