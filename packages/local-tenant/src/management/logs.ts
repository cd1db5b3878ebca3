import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { LogEvent } from '../logs/log-event.ts';
import { invalidQuery, notFound } from './management-error.ts';
import { paginate, selectFields } from './paging.ts';
import { parseUserQuery } from './user-search.ts';

const LogPath = z.object({ id: z.string() });
const Filter = z.object({
  q: z.string().optional(),
  search: z.string().optional(),
  sort: z
    .string()
    .regex(/^[a-z_]+:-?1$/, { error: 'sort must be field:1 or field:-1' })
    .default('date:-1'),
  from: z
    .string()
    .regex(/^900\d+$/, { error: 'from must be the id of a log event' })
    .optional(),
  take: z.coerce.number().int().min(1).max(100).optional(),
});
const Totals = z.object({ include_totals: z.stringbool().default(false) });
const anyScope = ['read:logs', 'read:logs_users'];

/**
 * The tenant's log: by checkpoint from the oldest on, or by page from the newest.
 * @see https://auth0.com/docs/deploy-monitor/logs/retrieve-log-events-using-mgmt-api
 */
export function registerLogs(app: FastifyInstance, { logs }: LocalTenantContext): void {
  app.get('/logs', { config: { anyScope } }, (request) => {
    const parsed = Filter.safeParse(request.query);
    if (!parsed.success) throw invalidQuery(z.prettifyError(parsed.error));
    const { from, take, q, search = q, sort } = parsed.data;
    const show = (event: LogEvent): object => selectFields(shown(event), request.query);
    if (from !== undefined || take !== undefined) {
      // Ids sort by time, so an event that was forgotten still marks where to go on.
      const later = logs.events.filter(({ log_id: id }) => from === undefined || id > from);
      return later.slice(0, take ?? 50).map(show);
    }
    const matches = search === undefined || search === '' ? () => true : parseUserQuery(search);
    const found = sorted(logs.events.filter(matches), sort);
    const page = z.union([z.array(z.unknown()), z.looseObject({ logs: z.array(z.unknown()) })]);
    const cut = page.parse(paginate('logs', found.map(show), request.query));
    return Array.isArray(cut) || !Totals.parse(request.query).include_totals
      ? cut
      : { ...cut, length: cut.logs.length };
  });
  app.get('/logs/:id', { config: { anyScope } }, (request) => {
    const { id } = LogPath.parse(request.params);
    const event = logs.events.find(({ log_id: other }) => other === id);
    if (event === undefined) throw notFound('log event', 'inexistent_log_event');
    return shown(event);
  });
}

function shown(event: LogEvent): Record<string, unknown> {
  return { _id: event.log_id, ...event };
}

/** Events of the same moment keep their order in the log. */
function sorted(events: readonly LogEvent[], sort: string): readonly LogEvent[] {
  const [field = '', direction] = sort.split(':');
  const value = (event: LogEvent): string => {
    const found: unknown = Reflect.get(event, field);
    return typeof found === 'string' ? found : '';
  };
  const rising = events.toSorted((a, b) => (value(a) < value(b) ? -1 : Number(value(a) > value(b))));
  return direction === '-1' ? rising.toReversed() : rising;
}
