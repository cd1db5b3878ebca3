import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { DeployError, runDoctorCommand } from '@idp-relay/tenant';
import { commandIo } from './command-io.ts';
import { findLocalTenant } from './find-local-tenant.ts';
import { projectFolder } from './local-paths.ts';
import { localRelayFile, localRelayVariables } from './local-relay-file.ts';

process.exitCode = await runDoctorCommand(process.argv.slice(2), {
  ...commandIo,
  findLocalTenant: async (portOffset) => {
    const local = await findLocalTenant(portOffset);
    if (!existsSync(local.settingsFile))
      throw new DeployError('local_tenant_missing', 'Wait until "npm start" has provisioned the tenant.');
    return {
      ...local,
      relayConfiguration: {
        file: join(projectFolder, localRelayFile),
        variables: {
          ...parseEnv(readFileSync(local.settingsFile, 'utf8')),
          ...localRelayVariables(Number(portOffset)),
        },
      },
    };
  },
});
