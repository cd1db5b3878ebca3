import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { explainFailure } from './explain-failure.ts';
import { startInstallation } from './installation.ts';
import { InterruptedError, listenForInterruption } from './interruption.ts';
import { readPortOffset } from './port-offset.ts';
import { welcome } from './welcome.ts';

const interruption = listenForInterruption();
const interrupted = once(interruption, 'abort').then(() => 'stopped' as const);
let portOffset = 0;
try {
  const { values } = parseArgs({ options: { 'port-offset': { type: 'string', default: '0' } } });
  portOffset = readPortOffset(values['port-offset']);
  const installation = await startInstallation({
    portOffset,
    onProgress: (line) => process.stdout.write(`${line}\n`),
    signal: interruption,
  });
  process.stdout.write(welcome(installation, portOffset));
  const why = await Promise.race([interrupted, installation.api.ended.then(() => 'api_ended' as const)]);
  process.stdout.write(
    why === 'stopped' ? '\nStopping …\n' : `\nThe API ended by itself: see ${installation.paths.apiLog}\n`,
  );
  await installation.close();
  process.exit(why === 'stopped' ? 0 : 1);
} catch (failure) {
  // Ctrl-C reaches the programs that were started too: that they ended is no failure of theirs.
  const error: unknown = interruption.aborted ? interruption.reason : failure;
  process.stderr.write(`${explainFailure(error, portOffset)}\n`);
  process.exit(error instanceof InterruptedError ? error.exitCode : 1);
}
