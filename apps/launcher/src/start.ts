import { parseArgs } from 'node:util';
import { PortUnavailableError } from '@idp-relay/local-tenant';
import { DeployError } from '@idp-relay/tenant';
import { ApiFailedError } from './api-process.ts';
import { startInstallation } from './installation.ts';
import { readPortOffset } from './port-offset.ts';
import { welcome } from './welcome.ts';

try {
  const { values } = parseArgs({ options: { 'port-offset': { type: 'string', default: '0' } } });
  const portOffset = readPortOffset(values['port-offset']);
  const stopped = Promise.withResolvers<'stopped'>();
  process.on('SIGINT', () => stopped.resolve('stopped'));
  process.on('SIGTERM', () => stopped.resolve('stopped'));

  const installation = await startInstallation({
    portOffset,
    onProgress: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(welcome(installation, portOffset));
  const why = await Promise.race([stopped.promise, installation.api.ended.then(() => 'api_ended' as const)]);
  process.stdout.write(
    why === 'stopped' ? '\nStopping …\n' : `\nThe API ended by itself: see ${installation.paths.apiLog}\n`,
  );
  await installation.close();
  process.exit(why === 'stopped' ? 0 : 1);
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

function explain(error: unknown): string {
  if (error instanceof PortUnavailableError) {
    return `${error.message} Stop that program, or move all ports: npm start -- --port-offset 1000`;
  }
  if (error instanceof DeployError || error instanceof ApiFailedError || error instanceof RangeError)
    return error.message;
  if (error instanceof TypeError && 'code' in error) return error.message;
  return error instanceof Error ? `The start failed: ${error.message}` : 'The start failed.';
}
