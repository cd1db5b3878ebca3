import type { DatabaseConnection, Dialect, Driver } from 'kysely';
import { toStoreError } from './database-error.ts';

/**
 * The same dialect, with every error of its driver turned into one of ours: the single place where the drivers' own,
 * which carry queries and parameters, end.
 */
export function safeDialect(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => safeDriver(dialect.createDriver()),
    createIntrospector: (database) => dialect.createIntrospector(database),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

function safeDriver(driver: Driver): Driver {
  const known = new WeakSet<DatabaseConnection>();
  return {
    init: (options) => safely(() => driver.init(options)),
    acquireConnection: async (options) => {
      const connection = await safely(() => driver.acquireConnection(options));
      // The driver hangs its own state on the connection, so it must get the very same object back.
      if (!known.has(connection)) {
        known.add(connection);
        const executeQuery = connection.executeQuery.bind(connection);
        connection.executeQuery = (query, queryOptions) => safely(() => executeQuery(query, queryOptions));
      }
      return connection;
    },
    beginTransaction: (connection, settings) => safely(() => driver.beginTransaction(connection, settings)),
    commitTransaction: (connection) => safely(() => driver.commitTransaction(connection)),
    rollbackTransaction: (connection) => safely(() => driver.rollbackTransaction(connection)),
    releaseConnection: (connection, options) => safely(() => driver.releaseConnection(connection, options)),
    destroy: (options) => safely(() => driver.destroy(options)),
  };
}

async function safely<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    throw toStoreError(error);
  }
}
