import type { Environment } from '../environment.ts';
import { describeLogStream } from '../log-stream-deployment.ts';
import type { Resource } from './resource.ts';

/** The log stream to the relay, where the environment has it, without its authorization. */
export function wantedLogStream({
  log_stream: settings,
}: Environment): Readonly<Record<string, readonly Resource[]>> {
  return settings === undefined ? {} : { logStreams: [describeLogStream(settings.relay_url, '')] };
}
