import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canary } from '@idp-relay/local-tenant';
import type { DriveTokens } from './leak-drive.ts';
import type { Installation } from './installation.ts';
import { createLeakCaller } from './leak-caller.ts';
import { driveBadAuth0, driveBadCallers, driveBadUpstreams } from './leak-errors.ts';
import { driveBadIntrospections } from './leak-introspections.ts';
import { startLeakRelay, unknownEncryptionKey, type LeakRelay } from './leak-relay.ts';
import { driveBadRenewals, driveDatabaseDown } from './leak-renewals.ts';
import type { Artifact } from './leak-search.ts';
import { createLeakTokens } from './leak-tokens.ts';

/** All that came of the errors that were provoked, but for the logs, which are files. */
export interface ErrorHeap {
  readonly answers: readonly Artifact[];
  /** Metrics, and what starts said that failed. */
  readonly outputs: readonly Artifact[];
}

/** Provokes errors of every kind at a relay that logs all it can, one after the other, and gathers what they leave. */
export async function driveErrors(
  installation: Installation,
  drive: DriveTokens,
  ports: { readonly port: number; readonly metricsPort: number },
): Promise<ErrorHeap> {
  const { tenant, provisioned } = installation;
  const relay = await startLeakRelay(installation, ports);
  try {
    const caller = createLeakCaller(relay.api.origin);
    const tokens = createLeakTokens(tenant, provisioned.sampleProductClientId, provisioned.audience);
    const errors = { installation, caller, drive, tokens };
    await driveBadCallers(errors);
    await driveBadUpstreams(errors);
    await driveBadAuth0(errors);
    await driveBadIntrospections(errors);
    await driveBadRenewals(errors);
    await driveDatabaseDown(errors, relay);
    const metrics = await fetch(`${relay.api.metricsOrigin}/metrics`);
    return {
      answers: caller.answers,
      outputs: [
        { source: '/metrics of the relay of errors', text: await metrics.text() },
        ...(await driveBadStarts(installation, relay)),
      ],
    };
  } finally {
    tenant.faults.clear();
    await relay.close();
  }
}

/** Settings that are wrong, each with a secret in it. */
async function driveBadStarts(
  { tenant, paths }: Installation,
  { failToStart }: LeakRelay,
): Promise<Artifact[]> {
  const keyFile = join(paths.tenantFolder, 'no-key.pem');
  writeFileSync(keyFile, `-----BEGIN PRIVATE KEY-----\n${canary}\n-----END PRIVATE KEY-----\n`);
  const databaseUrl = (place: string): Readonly<Record<string, string>> => ({
    DATABASE_URL: `postgres://${canary}:${canary}@${place}/${canary}`,
  });
  const settings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'a database that is not there': databaseUrl('127.0.0.1:1'),
    'a database that speaks HTTP': databaseUrl(new URL(tenant.origins.tenantHttp).host),
    'a database URL that is none': { DATABASE_URL: `mysql://u:${canary}@localhost/x` },
    'a database whose keys are gone': { RELAY_ENCRYPTION_KEYS: unknownEncryptionKey },
    'keys that are none': { RELAY_ENCRYPTION_KEYS: `one:${canary}` },
    'a client key that is none': { AUTH0_CLIENT_SECRET: '', AUTH0_PRIVATE_KEY_FILE: keyFile },
    'a worker key that is none': { TOKEN_VAULT_WORKER_CLIENT_ID: 'x', TOKEN_VAULT_WORKER_KEY_FILE: keyFile },
    'numbers that are words': { PROFILE_LIFETIME_MS: canary, TRUSTED_PROXIES: canary, AUTH0_DOMAIN: canary },
    'a configuration without its words': { SAMPLE_GOOGLE_SECRET: '', SAMPLE_IDPS: canary },
    'a client that Auth0 does not take': { AUTH0_CLIENT_SECRET: `${canary}-wrong` },
  };
  const said: Artifact[] = [];
  for (const [what, environment] of Object.entries(settings)) said.push(await failToStart(what, environment));
  return said;
}
