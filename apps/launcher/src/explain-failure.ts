import { PortUnavailableError } from '@idp-relay/local-tenant';
import { DeployError } from '@idp-relay/tenant';
import { ApiFailedError } from './api-failed-error.ts';
import { InterruptedError } from './interruption.ts';
import { PortOffsetError, usableOffsetFrom } from './port-offset.ts';

const clearErrors = [DeployError, ApiFailedError, PortOffsetError, InterruptedError];

/** Why an installation did not start, in words for the person who started it. @param portOffset that it was started with */
export function explainFailure(error: unknown, portOffset: number): string {
  if (error instanceof PortUnavailableError) {
    const other = usableOffsetFrom(portOffset + 1_000);
    return `${error.message} Stop that program, or move all ports: npm start -- --port-offset ${other}`;
  }
  if (clearErrors.some((clear) => error instanceof clear) && error instanceof Error) return error.message;
  // Of parseArgs.
  if (error instanceof TypeError && 'code' in error) return error.message;
  return error instanceof Error ? `The start failed: ${error.message}` : 'The start failed.';
}
