import { runDeployCommand } from '@idp-relay/tenant';
import { findLocalTenant } from './find-local-tenant.ts';

process.exitCode = await runDeployCommand(process.argv.slice(2), {
  variables: process.env,
  print: (text) => process.stdout.write(text),
  findLocalTenant,
});
