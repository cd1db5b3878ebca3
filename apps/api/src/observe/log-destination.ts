import { destination } from 'pino';

/** Lines are written together once there are so many bytes of them, */
const togetherBytes = 8_192;
/** and after so many milliseconds however few there are. */
const longestWaitMs = 200;
/** Where nobody reads them, no more than so many bytes are kept; further lines are lost. */
const mostBytes = 16_000_000;

/**
 * Standard output for log lines. A write for each line would cost as much as all the rest of a call. What waits is written
 * at the end of the process; only one that is killed on the spot loses it.
 */
export function openLogDestination(): { write(line: string): void } {
  // Lines are kept as bytes: as one growing text, all that waits would be copied with each further line, to count its bytes.
  // The destination's type speaks of texts alone.
  const waiting: { write(bytes: Buffer | string): boolean } = destination({
    minLength: togetherBytes,
    periodicFlush: longestWaitMs,
    maxLength: mostBytes,
    sync: false,
    contentMode: 'buffer',
  });
  return { write: (line) => void waiting.write(Buffer.from(line)) };
}
