import { z } from 'zod';
import type { Client, TenantState } from '../state/tenant-state.ts';
import { notFound } from './management-error.ts';

const ClientPath = z.object({ id: z.string() });

/**
 * The client that a path names.
 * @throws {ManagementError} 404
 */
export function findClient(state: TenantState, params: unknown): Client {
  const { id } = ClientPath.parse(params);
  const client = state.clients.find(({ client_id }) => client_id === id);
  if (client === undefined) throw notFound('client', 'inexistent_client');
  return client;
}
