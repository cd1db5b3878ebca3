import { once } from 'node:events';
import { Agent, get, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { BenchError } from '../bench-error.ts';
import type { Ground } from '../ground/ground.ts';
import type { Child } from '../processes/child.ts';
import { residentBytes } from '../processes/process-usage.ts';
import { driveWithoutFailure } from './drive.ts';

const bodyBytes = 10 * 1024 * 1024;
const streamCount = 50;
const slowReaderCount = 200;
/** A slow reader takes this many bytes, then waits this many milliseconds. */
const slowBytes = 4096;
const slowPauseMs = 100;
const slowSeconds = 5;
const sampleMs = 20;
const megabyte = 1024 * 1024;

/** The largest rise of a contender's memory while something went on, in MB; undefined where the machine does not say. */
export type Growth = number | undefined;

/** Memory that a contender takes once and for all, for code and buffers, is not what is asked for. */
const warmingStreams = 5;
const warmingCalls = 1_024;

/**
 * 50 streams of 10 MB at once, read as fast as they come.
 * @throws BenchError when one of them is cut
 */
export async function growthByStreams(ground: Ground, contender: Child): Promise<Growth> {
  const token = await tokenOf(ground);
  await driveWithoutFailure(contender, { tokens: [token], calls: warmingCalls, connections: 32 });
  await readStreams(contender, token, warmingStreams);
  return growthDuring(contender, () => readStreams(contender, token, streamCount));
}

async function readStreams(contender: Child, token: string, count: number): Promise<void> {
  const streams = Array.from({ length: count }, async () => {
    const response = await open(contender, token);
    let received = 0;
    response.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    await once(response, 'end');
    if (received !== bodyBytes) throw new BenchError(`${contender.name} cut a stream short.`);
  });
  await Promise.all(streams);
}

/**
 * 200 callers who read 40 KB a second of 10 MB each, for some seconds; then they hang up.
 * @throws BenchError when one of them is refused
 */
export function growthBySlowReaders(ground: Ground, contender: Child): Promise<Growth> {
  return growthDuring(contender, async () => {
    const token = await tokenOf(ground);
    const responses = await Promise.all(
      Array.from({ length: slowReaderCount }, () => open(contender, token)),
    );
    const endsAt = performance.now() + slowSeconds * 1000;
    while (performance.now() < endsAt) {
      for (const response of responses) response.read(slowBytes);
      await setTimeout(slowPauseMs);
    }
    for (const response of responses) response.destroy();
  });
}

async function tokenOf({ accessTokens, warmUsers }: Ground): Promise<string> {
  const [token = ''] = await accessTokens.sign(warmUsers.slice(0, 1));
  return token;
}

/** Opens a stream; nothing of it is read yet. */
async function open({ origin, name }: Child, token: string): Promise<IncomingMessage> {
  const url = `${origin}/v1/me/idp/github/stream/${bodyBytes}`;
  return new Promise((resolve, reject) => {
    get(url, { agent: new Agent(), headers: { authorization: `Bearer ${token}` } }, (response) => {
      // Hanging up in the middle is what slow readers do at their end.
      response.on('error', () => undefined);
      if (response.statusCode === 200) resolve(response);
      else
        text(response).then(
          (body) =>
            reject(new BenchError(`${name} answers ${response.statusCode ?? 0} to a stream: ${body}`)),
          reject,
        );
    }).on('error', reject);
  });
}

/** The largest rise from any moment to a later one: garbage of the start that goes meanwhile makes up for nothing. */
async function growthDuring({ pid }: Child, work: () => Promise<void>): Promise<Growth> {
  const before = residentBytes(pid);
  if (before === undefined) {
    await work();
    return undefined;
  }
  let least = before;
  let rise = 0;
  const sampling = setInterval(() => {
    const now = residentBytes(pid) ?? least;
    least = Math.min(least, now);
    rise = Math.max(rise, now - least);
  }, sampleMs);
  try {
    await work();
  } finally {
    clearInterval(sampling);
  }
  return rise / megabyte;
}
