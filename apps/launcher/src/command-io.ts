import type { CommandOptions } from '@idp-relay/tenant';

/** What every command for a tenant is run with: the result to the output, progress to the error output. */
export const commandIo: Pick<CommandOptions, 'variables' | 'print' | 'isTerminal' | 'progress'> = {
  variables: process.env,
  print: (text) => process.stdout.write(text),
  isTerminal: process.stdout.isTTY,
  progress: { write: (text) => process.stderr.write(text), isTerminal: process.stderr.isTTY },
};
