/** The benchmark cannot be run, or what it measured would mean nothing. The message says what to do. */
export class BenchError extends Error {
  /** Stable; branch on this. */
  readonly code = 'bench_failed';
  constructor(message: string) {
    super(message);
    this.name = 'BenchError';
  }
}
