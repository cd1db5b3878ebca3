import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setDefaultCACertificates, getCACertificates } from 'node:tls';
import { runDeployCommand } from '@idp-relay/tenant';
import { z } from 'zod';
import { localPaths } from './local-paths.ts';

const TenantFile = z.object({
  clients: z.array(
    z.object({ client_id: z.string(), client_secret: z.string().optional(), name: z.string() }),
  ),
});

const parameters = process.argv.slice(2);
const environmentIndex = parameters.indexOf('--env');
const isLocal = environmentIndex === -1 || parameters[environmentIndex + 1] === 'local';
process.exitCode = await runDeployCommand(
  isLocal ? [...parameters, '--write-env-file', localPaths(0).apiSettings] : parameters,
  isLocal ? { ...localVariables(), ...process.env, ...localAuthority() } : process.env,
  (text) => process.stdout.write(text),
);

/** The local tenant's own deploy client, so that nobody has to make one. */
function localVariables(): Record<string, string> {
  const file = join(localPaths(0).tenantFolder, 'tenant.json');
  if (!existsSync(file)) return {};
  const { clients } = TenantFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const deployClient = clients.find(({ name }) => name === 'Deploy CLI');
  return deployClient?.client_secret === undefined
    ? {}
    : {
        AUTH0_DEPLOY_CLIENT_ID: deployClient.client_id,
        AUTH0_DEPLOY_CLIENT_SECRET: deployClient.client_secret,
      };
}

/** The local tenant's authority must be trusted, by this process and by the CLI. */
function localAuthority(): Record<string, string> {
  const file = join(localPaths(0).tenantFolder, 'ca.pem');
  if (!existsSync(file)) return {};
  setDefaultCACertificates([...getCACertificates('default'), readFileSync(file, 'utf8')]);
  return { NODE_EXTRA_CA_CERTS: file };
}
