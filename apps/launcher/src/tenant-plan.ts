import { runPlanCommand } from '@idp-relay/tenant';
import { commandIo } from './command-io.ts';
import { findLocalTenant } from './find-local-tenant.ts';

process.exitCode = await runPlanCommand(process.argv.slice(2), { ...commandIo, findLocalTenant });
