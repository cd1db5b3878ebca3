import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { Secret } from '@idp-relay/idp-tokens';
import { Client } from 'pg';
import type { DatabaseOptions } from '../src/index.ts';

/** A place for one database that nobody else uses. */
export interface DatabasePlace {
  readonly options: DatabaseOptions;
  /** Removes it; whatever has it open must be closed before. */
  remove(): Promise<void>;
}

/** A kind of database that a suite runs on. */
export interface DatabaseKind {
  readonly name: string;
  /** Whether several processes, or several opened databases of one, can use it at once. */
  readonly shared: boolean;
  make(): Promise<DatabasePlace>;
}

/** PGlite in a folder of its own. */
export const embedded: DatabaseKind = {
  name: 'PGlite',
  shared: false,
  make: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'idp-relay-store-'));
    return { options: { folder }, remove: () => rm(folder, { recursive: true }) };
  },
};

/** The server to make databases in; undefined where there is none. */
export const serverUrl = process.env.TEST_DATABASE_URL;

/** A database of its own in the server; `undefined` where TEST_DATABASE_URL is not set. */
export const server: DatabaseKind | undefined =
  serverUrl === undefined
    ? undefined
    : {
        name: 'Postgres',
        shared: true,
        make: async () => {
          const name = `idp_relay_test_${randomBytes(6).toString('hex')}`;
          await administer(serverUrl, `create database ${name}`);
          const url = new URL(serverUrl);
          url.pathname = `/${name}`;
          return {
            options: { databaseUrl: new Secret(url.href) },
            remove: () => administer(serverUrl, `drop database ${name} with (force)`),
          };
        },
      };

/** The kinds that the machine has. */
export const databaseKinds: readonly DatabaseKind[] = server === undefined ? [embedded] : [embedded, server];

if (server === undefined) console.warn('TEST_DATABASE_URL is not set: nothing is tested on Postgres.');

async function administer(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
