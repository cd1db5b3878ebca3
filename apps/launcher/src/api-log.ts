import { createWriteStream, openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { ApiFailedError } from './api-failed-error.ts';

/**
 * Opens the file that the API's log lines go to, empty and readable by its owner alone. What cannot be written later on,
 * as on a full disk, is dropped: the API goes on.
 * @throws ApiFailedError naming the file
 */
export function openApiLog(file: string): Writable {
  try {
    return createWriteStream(file, { fd: openSync(file, 'w', 0o600) }).on('error', () => undefined);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/,.*/, '') : 'for no known reason';
    throw new ApiFailedError(`The API's log cannot be written to ${file}: ${why}.`);
  }
}
