import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { notFound } from './management-error.ts';

const ExecutionPath = z.object({ id: z.string() });

/** What came of an execution that a log event names. */
export function registerActionExecutions(app: FastifyInstance, { actions }: LocalTenantContext): void {
  app.get('/actions/executions/:id', { config: { anyScope: ['read:actions'] } }, (request) => {
    const { id } = ExecutionPath.parse(request.params);
    const execution = actions.executions.find((candidate) => candidate.id === id);
    if (execution === undefined) throw notFound('action execution', 'inexistent_action_execution');
    return {
      id,
      trigger_id: execution.trigger_id,
      status: 'final',
      created_at: execution.created_at,
      updated_at: execution.created_at,
      results: execution.results.map(({ bound, startedAt, endedAt, error }) => ({
        action_name: bound.action.name,
        started_at: isoTime(startedAt),
        ended_at: isoTime(endedAt),
        ...(error !== undefined && { error: { id: error.name, msg: error.message } }),
      })),
    };
  });
}
