/** Shows a fault of the local tenant itself to whoever runs it; the answer to the request tells nothing of it. */
export function reportBug(error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`The local tenant failed at a request: ${text}\n`);
}
