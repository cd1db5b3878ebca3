import { runExportCommand } from '@idp-relay/tenant';
import { commandIo } from './command-io.ts';
import { findLocalTenant } from './find-local-tenant.ts';

process.exitCode = await runExportCommand(process.argv.slice(2), { ...commandIo, findLocalTenant });
