/** By custom 128 and the signal's number. */
const exitCodes = { SIGINT: 130, SIGTERM: 143 } as const;

/** The person at the keyboard, or the system, asked this process to end. */
export class InterruptedError extends Error {
  /** Stable; branch on this. */
  readonly code = 'interrupted';
  readonly exitCode: number;
  constructor(name: keyof typeof exitCodes) {
    super('Stopped before everything was running.');
    this.exitCode = exitCodes[name];
  }
}

/**
 * Listens from now on for Ctrl-C and for being told to end. One key press may come twice, from the terminal and from the
 * program above; the first one counts.
 * @returns a signal whose reason is an InterruptedError
 */
export function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const)
    process.on(name, () => controller.abort(new InterruptedError(name)));
  return controller.signal;
}
