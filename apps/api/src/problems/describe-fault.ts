/** Where a fault happened, without its message: messages may quote what they failed on. */
export function describeFault(error: unknown): { readonly name: string; readonly stack: string } {
  if (!(error instanceof Error)) return { name: typeof error, stack: '' };
  const [, ...frames] = (error.stack ?? '').split('\n    at ');
  return { name: error.name, stack: frames.slice(0, 8).join(' < ') };
}
