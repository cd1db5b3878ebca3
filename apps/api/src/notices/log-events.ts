import type { UserChange } from '@idp-relay/idp-tokens';
import { z } from 'zod';
import { readJsonText } from './read-json-text.ts';

/**
 * The log events that say that a user's profile changed.
 * @see https://auth0.com/docs/deploy-monitor/logs/log-event-type-codes
 */
const profileEvents = new Set([
  's', // a login: the IdP's token is a new one
  'ss', // a sign-up
  'sdu', // the user was deleted
  'sce', // another e-mail address
  'connected_accounts_connection_succeeded',
  'connected_accounts_delete_succeeded',
]);
/** A call of the Management API that changed something. */
const managementEvent = 'sapi';

/** The longest id that is taken for one of a user. */
const longestId = 500;
const Id = z.string().min(1).max(longestId);

/** One item of a log stream's delivery; all but what is needed here is left unread. */
const LogEvent = z.object({
  data: z.looseObject({
    type: z.string(),
    date: z.iso.datetime({ offset: true }),
    user_id: z.unknown().optional(),
    details: z.unknown().optional(),
  }),
});
const ManagementCall = z.object({
  request: z.object({ method: z.string(), path: z.string(), body: z.unknown().optional() }),
});
const LinkedAccount = z.object({ provider: z.string().min(1), user_id: z.union([Id, z.number()]) });

/**
 * Which users a delivery says have changed. Events of no such kind, and those that are not as expected, say nothing: the
 * tenant's logs have hundreds of kinds.
 */
export function changesIn(delivery: readonly unknown[]): UserChange[] {
  return delivery.flatMap((item) => {
    const event = LogEvent.safeParse(item).data?.data;
    if (event === undefined) return [];
    const changedAt = Date.parse(event.date);
    return usersOf(event).map((userId): UserChange => ({ userId, what: 'profile', changedAt }));
  });
}

function usersOf({ type, user_id: userId, details }: z.infer<typeof LogEvent>['data']): string[] {
  if (profileEvents.has(type)) return idsIn(userId);
  if (type !== managementEvent) return [];
  const call = ManagementCall.safeParse(details).data?.request;
  if (call === undefined || call.method.toLowerCase() === 'get') return [];
  const [, id, rest] = /^\/api\/v2\/users\/([^/?]+)(\/identities)?(?:[/?].*)?$/.exec(call.path) ?? [];
  if (id === undefined) return [];
  return [...idsIn(decode(id)), ...(rest === undefined ? [] : linkedUser(call.body))];
}

/** An account that is linked to another user ends as a user of its own. */
function linkedUser(body: unknown): string[] {
  const linked = LinkedAccount.safeParse(body).data;
  if (linked === undefined) return [];
  const id = String(linked.user_id);
  return idsIn(id.includes('|') ? id : `${linked.provider}|${id}`);
}

function idsIn(value: unknown): string[] {
  const id = Id.safeParse(value).data;
  return id === undefined ? [] : [id];
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/**
 * The items of a delivery, in any of the three formats that log streams have: an array, an object, or an object a line.
 * Undefined: it is none of these.
 * @see https://auth0.com/docs/customize/log-streams/custom-log-streams
 */
export function readDelivery(text: string): readonly unknown[] | undefined {
  const whole = readJsonText(text);
  if (whole.isJson) return z.array(z.unknown()).safeParse(whole.value).data ?? [whole.value];
  const lines = text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map(readJsonText);
  return lines.every(({ isJson }) => isJson) ? lines.map(({ value }) => value) : undefined;
}
