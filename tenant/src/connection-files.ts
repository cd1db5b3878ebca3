import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { DeployError } from './deploy-error.ts';
import { tenantFolder, type Environment } from './environment.ts';
import { fillIn, fillingWords, wordsIn } from './tenant-file.ts';

/** The mark of connections that a deployment may change. */
export const ownMark = 'idp-relay';

const Connection = z.looseObject({
  name: z.string().min(1),
  strategy: z.string().min(1),
  metadata: z.looseObject({ managed_by: z.literal(ownMark) }),
  options: z.record(z.string(), z.unknown()),
});

/** The connections that an environment opts into. */
export interface ConnectionFiles {
  /** All of them as one text for auth0-deploy-cli, words not yet filled in: no secret is in it. */
  readonly text: string;
  /** What the words stand for. Holds secrets. */
  readonly words: Readonly<Record<string, unknown>>;
  /** Filled in. Holds secrets. */
  readonly connections: readonly z.infer<typeof Connection>[];
}

/**
 * Reads the files of tenant/connections that an environment names. Their words are environment variables, or keywords of the
 * environment.
 * @returns `undefined` when it names none
 * @throws DeployError `environment_invalid`, `variable_missing` naming every missing variable, `configuration_refused`
 */
export function readConnectionFiles(
  environment: Environment,
  variables: Readonly<Record<string, string | undefined>>,
): ConnectionFiles | undefined {
  if (environment.connections.length === 0) return undefined;
  const files = environment.connections.map((name) => ({ name, text: readFile(name) }));
  const known = fillingWords(environment);
  const missing = new Map<string, string>();
  const words: Record<string, unknown> = {};
  for (const { name, text } of files) {
    for (const word of wordsIn(text)) {
      const value = known[word] ?? variables[word];
      if (value === undefined || value === '') missing.set(word, name);
      else words[word] = value;
    }
  }
  if (missing.size > 0) {
    const each = [...missing].map(([word, name]) => `${word} (tenant/connections/${name}.yaml)`);
    throw new DeployError('variable_missing', `Set the environment variables ${each.join(', ')}.`);
  }
  const connections = files.flatMap(({ name, text }) => parseConnections(fillIn(text, words), name));
  const names = connections.map((connection) => connection.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new DeployError('configuration_refused', `Two files in tenant/connections name ${twice}.`);
  return { text: ['connections:', ...files.map(({ text }) => text)].join('\n'), words, connections };
}

/**
 * The names of the connections that an environment opts into, without their variables.
 * @throws DeployError
 */
export function readConnectionNames(environment: Environment): ReadonlySet<string> {
  const words = fillingWords(environment);
  const connections = environment.connections.flatMap((name) =>
    parseConnections(fillIn(readFile(name), words), name),
  );
  return new Set(connections.map(({ name }) => name));
}

function readFile(name: string): string {
  try {
    return readFileSync(join(tenantFolder, 'connections', `${name}.yaml`), 'utf8');
  } catch {
    throw new DeployError(
      'environment_invalid',
      `connections: there is no tenant/connections/${name}.yaml. Copy one of those that are there.`,
    );
  }
}

function parseConnections(text: string, name: string): readonly z.infer<typeof Connection>[] {
  let document: unknown;
  try {
    document = parse(text);
  } catch {
    // The parser's own message quotes lines, and they have secrets by now.
    throw new DeployError('configuration_refused', `tenant/connections/${name}.yaml is not YAML.`);
  }
  const parsed = z.array(Connection).safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new DeployError(
    'configuration_refused',
    `tenant/connections/${name}.yaml is not right: ${problems.join('; ')}`,
  );
}
