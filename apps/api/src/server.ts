import closeWithGrace from 'close-with-grace';
import { Registry } from 'prom-client';
import { buildApp } from './app.ts';
import { loadRelayConfiguration, RelayConfigurationError } from '@idp-relay/relay-configuration';
import { ConfigError, readConfig } from './config.ts';
import { StoreError } from '@idp-relay/store';
import { openStorage } from './storage/open-storage.ts';
import { openLogDestination } from './observe/log-destination.ts';
import { buildMetricsServer } from './observe/metrics-server.ts';
import { describeFault } from './problems/describe-fault.ts';

/** Calls under way get this long to end once the process is asked to. Milliseconds. */
const graceMs = 25_000;
/** Whoever is still there so long before the end is cut off, so that what is open is closed in order. Milliseconds. */
const cutOffMs = 3_000;

try {
  const config = readConfig(process.env);
  const configuration = loadRelayConfiguration(config.configurationFile, process.env);
  const registry = new Registry();
  const storage = await openStorage(config.storage);
  const app = await buildApp({
    config,
    configuration,
    registry,
    storage,
    logStream: openLogDestination(),
  });
  const metrics = buildMetricsServer(registry);
  const { log } = app;
  closeWithGrace(
    {
      delay: graceMs,
      logger: false,
      onTimeout: () => log.error('the process did not end in time, and is ended'),
      onSecondError: (error) => log.fatal({ fault: describeFault(error) }, 'another fault at the end'),
    },
    async ({ err: error, signal }) => {
      if (error === undefined) log.info({ signal }, 'asked to end');
      else log.fatal({ fault: describeFault(error) }, 'a fault that nothing caught: the process ends');
      const cutOff = setTimeout(() => app.server.closeAllConnections(), graceMs - cutOffMs);
      await app.close();
      clearTimeout(cutOff);
      await metrics.close();
      await storage.close();
    },
  );
  await metrics.listen({ host: config.metricsHost, port: config.metricsPort });
  await app.listen({ host: config.host, port: config.port });
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** One clear line for what people can mend; the class alone for the rest, since messages may quote secrets. */
function explain(error: unknown): string {
  const isForPeople =
    error instanceof ConfigError || error instanceof RelayConfigurationError || error instanceof StoreError;
  if (isForPeople) return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `Port ${'port' in error ? String(error.port) : ''} is taken by another program. Set PORT or METRICS_PORT to another one.`;
  }
  if (
    error instanceof Error &&
    'syscall' in error &&
    ['listen', 'getaddrinfo'].includes(String(error.syscall))
  ) {
    const code = 'code' in error ? String(error.code) : error.name;
    return `The API cannot listen (${code}). Set HOST and METRICS_HOST to addresses of this machine, and PORT and METRICS_PORT to ports that it may open.`;
  }
  return `The API could not start: ${error instanceof Error ? error.name : 'unknown error'}`;
}
