import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeployError, type LocalTarget } from '@idp-relay/tenant';
import { z } from 'zod';
import { localEnvironment } from './local-environment.ts';
import { localNoticeSecrets } from './local-notice-secrets.ts';
import { localPaths } from './local-paths.ts';
import { PortOffsetError, readPortOffset } from './port-offset.ts';
import { trust } from './trust.ts';

const TenantFile = z.object({
  clients: z.array(
    z.object({ client_id: z.string(), client_secret: z.string().optional(), name: z.string() }),
  ),
});

/**
 * Finds the tenant that `npm start` serves, with its own deploy client, so that nobody has to make one. This process trusts
 * its authority from then on.
 * @param portOffsetText as it was typed
 * @throws DeployError when it was never started, or does not run
 */
export async function findLocalTenant(portOffsetText: string): Promise<LocalTarget> {
  const portOffset = parsePortOffset(portOffsetText);
  const paths = localPaths(portOffset);
  const { tenantFolder, apiSettings, workerKey } = paths;
  const environment = localEnvironment(portOffset);
  const authorityFile = join(tenantFolder, 'ca.pem');
  try {
    const { clients } = TenantFile.parse(JSON.parse(readFileSync(join(tenantFolder, 'tenant.json'), 'utf8')));
    const client = clients.find(({ name }) => name === 'Deploy CLI');
    trust(readFileSync(authorityFile, 'utf8'));
    // Another program on the port has no certificate of this authority.
    await fetch(`https://${environment.domain}/.well-known/jwks.json`);
    return {
      environment,
      credentials: { clientId: client?.client_id ?? '', clientSecret: client?.client_secret ?? '' },
      authorityFile,
      settingsFile: apiSettings,
      workerKeyFile: workerKey,
      ...localNoticeSecrets(paths),
    };
  } catch {
    const offset = portOffset === 0 ? '' : ` -- --port-offset ${portOffset}`;
    throw new DeployError('local_tenant_missing', `Start the local tenant first: npm start${offset}`);
  }
}

function parsePortOffset(text: string): number {
  try {
    return readPortOffset(text);
  } catch (error) {
    throw error instanceof PortOffsetError ? new DeployError('arguments_invalid', error.message) : error;
  }
}
