/** Reads `--port-offset`. @throws RangeError with the fix */
export function readPortOffset(text: string): number {
  const offset = Number(text);
  if (!Number.isInteger(offset) || offset < 0 || offset > 50_000) {
    throw new RangeError('--port-offset must be a whole number from 0 to 50000.');
  }
  return offset;
}
