import { printable } from './printable.ts';

/** Where progress goes: apart from the result, so that a program can read that alone. */
export interface ProgressOutput {
  readonly write: (text: string) => void;
  readonly isTerminal: boolean;
}

const clearLine = '\r\u001b[2K';

/** Tells what is going on: on a terminal in one line that changes, elsewhere line by line. */
export class Progress {
  readonly #output: ProgressOutput | undefined;

  /** @param output nobody is told when left out */
  constructor(output: ProgressOutput | undefined) {
    this.#output = output;
  }

  /** Tells one step. */
  readonly step = (line: string): void => {
    const text = printable(line);
    if (this.#output?.isTerminal === true) this.#output.write(`${clearLine}${text} …`);
    else this.#output?.write(`  ${text}\n`);
  };

  /** Takes the changing line away, before a result is printed. */
  end(): void {
    if (this.#output?.isTerminal === true) this.#output.write(clearLine);
  }
}
