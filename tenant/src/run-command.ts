import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import {
  findTarget,
  type CommandTarget,
  type FoundTarget,
  type LocalTarget,
  type TargetOptions,
} from './command-target.ts';
import type { Environment } from './environment.ts';
import { explainCommandFailure } from './explain-failure.ts';
import { Progress, type ProgressOutput } from './progress.ts';

/** What a command for a tenant is run with. */
export interface CommandOptions<Local extends LocalTarget = LocalTarget> extends TargetOptions<Local> {
  /** Prints the result. */
  readonly print: (text: string) => void;
  /** True: what is printed goes to a terminal, which shows colours; false when left out. */
  readonly isTerminal?: boolean;
  /** Nobody is told what is going on when left out. */
  readonly progress?: ProgressOutput;
}

/** What a command says when it has done its work. */
export interface CommandResult {
  /** 0: in order; 1: it is not. */
  readonly exitCode: 0 | 1;
  /** For programs: printed with `--json`. */
  readonly json: Readonly<Record<string, unknown>>;
  /** For people. */
  readonly text: string;
}

/** What a command works with. */
export interface CommandRun<Values, Local extends LocalTarget> extends FoundTarget<Local> {
  readonly values: Values;
  readonly onProgress: (line: string) => void;
  /** True: the text may be coloured. */
  readonly isColoured: boolean;
}

/** The options that all commands share. */
export const sharedOptions = {
  env: { type: 'string', default: 'local' },
  'port-offset': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const satisfies ParseArgsOptionsConfig;

/** How the shared options are explained. */
export const sharedHelp = `  --env NAME             environment: tenant/environments/NAME.json (default: local, which "npm start" must be serving)
  --port-offset N        of the local tenant started with it
  --json                 print JSON, for programs; progress goes to the error output
  --help`;

/** The values that all commands share. */
export interface SharedValues {
  readonly env: string;
  readonly 'port-offset'?: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** One command. */
export interface Command<Values extends SharedValues, Local extends LocalTarget> {
  readonly help: string;
  /** @throws TypeError when the arguments are not right */
  readonly parse: (argv: string[]) => Values;
  /** Refuses an environment before anything is asked of its tenant. */
  readonly check?: (environment: Environment, values: Values) => void;
  readonly run: (run: CommandRun<Values, Local>) => Promise<CommandResult>;
  /** Codes of failures after which the exit code is 1: the tenant was looked at. */
  readonly failures?: ReadonlySet<string>;
}

/**
 * Runs a command: its result goes to `print`, as text or as one JSON document, and so does what is wrong.
 * @returns the exit code: 0 in order, 1 not, 2 the tenant could not be looked at
 */
export async function runCommand<Values extends SharedValues, Local extends LocalTarget>(
  argv: readonly string[],
  { help, parse, check, run, failures }: Command<Values, Local>,
  options: CommandOptions<Local>,
): Promise<0 | 1 | 2> {
  const { print } = options;
  const progress = new Progress(options.progress);
  // The arguments may be what is wrong.
  let isJson = argv.includes('--json');
  let target: CommandTarget | undefined;
  try {
    const values = parse([...argv]);
    isJson = values.json;
    if (values.help) {
      print(help);
      return 0;
    }
    const found = await findTarget(values, options, (environment) => check?.(environment, values));
    ({ target } = found);
    const isColoured = options.isTerminal === true && !options.variables.NO_COLOR;
    const result = await run({ ...found, values, onProgress: progress.step, isColoured });
    progress.end();
    const { domain } = target.environment;
    print(
      isJson
        ? `${JSON.stringify({ environment: values.env, domain, ...result.json }, null, 2)}\n`
        : result.text,
    );
    return result.exitCode;
  } catch (error) {
    progress.end();
    const failure = explainCommandFailure(error, target?.environment);
    if (isJson) print(`${JSON.stringify({ error: failure }, null, 2)}\n`);
    else
      print(
        `${failure.message}\n${error instanceof TypeError && failure.code === 'arguments_invalid' ? `\n${help}` : ''}`,
      );
    return failures?.has(failure.code) === true ? 1 : 2;
  }
}

/** Parses arguments by their options. @throws TypeError */
export function parseOptions<Options extends ParseArgsOptionsConfig>(args: string[], options: Options) {
  return parseArgs({ args, options }).values;
}
