import { destination } from 'pino';

/** Lines are written together once there are so many characters of them, */
const togetherCharacters = 8_192;
/** and after so many milliseconds however few there are. */
const longestWaitMs = 200;
/** Where nobody reads them, no more than so many characters are kept; further lines are lost. */
const mostCharacters = 16_000_000;

/**
 * Standard output for log lines. A write for each line would cost as much as all the rest of a call. What waits is written
 * at the end of the process; only one that is killed on the spot loses it.
 */
export function openLogDestination(): { write(line: string): void } {
  return destination({
    minLength: togetherCharacters,
    periodicFlush: longestWaitMs,
    maxLength: mostCharacters,
    sync: false,
  });
}
