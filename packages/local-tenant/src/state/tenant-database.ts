import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { TenantState } from './tenant-state.ts';

/**
 * The tenant's state: plain arrays in memory, written as one JSON file after each change.
 * One file and one process are enough for a tenant that a single person runs; a test leaves `file` out
 * and nothing touches the disk.
 */
export class TenantDatabase {
  /** Read and change it in place, then call {@link TenantDatabase.save}. */
  readonly state: TenantState;
  readonly #file: string | undefined;
  #writePending = false;

  /**
   * @param initial what a tenant looks like before anybody touched it, called when there is no file yet
   * @param file path of the JSON file
   * @throws Error naming the file when it holds something else than a tenant
   */
  constructor(initial: () => TenantState, file?: string) {
    this.#file = file;
    this.state = (file === undefined ? undefined : readState(file)) ?? initial();
    this.flush();
  }

  /** Schedules a write; many changes in one turn of the event loop cost one write. */
  save(): void {
    if (this.#file === undefined || this.#writePending) return;
    this.#writePending = true;
    setImmediate(() => this.flush());
  }

  /** Writes now. The file is replaced whole, so a process killed half-way leaves the old one. */
  flush(): void {
    this.#writePending = false;
    if (this.#file === undefined) return;
    mkdirSync(dirname(this.#file), { recursive: true });
    const draft = `${this.#file}.${randomBytes(4).toString('hex')}`;
    writeFileSync(draft, JSON.stringify(this.state, null, 1), { mode: 0o600 });
    renameSync(draft, this.#file);
  }
}

function readState(file: string): TenantState | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return TenantState.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file} is not a local tenant's state. Delete it to begin anew.`, { cause });
  }
}
