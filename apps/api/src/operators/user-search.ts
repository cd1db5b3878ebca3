import {
  ManagementUnavailableError,
  ManagementUser,
  toUserProfile,
  UserNotFoundError,
  type Clock,
  type IdpTokens,
  type ManagementApi,
  type UserReport,
  type VerdictState,
} from '@idp-relay/idp-tokens';
import { z } from 'zod';

/** What operators look for. */
export interface UserSearch {
  /** Beginning of a name or e-mail address, or a whole user id. Empty: everybody. */
  readonly text: string;
  /** Only users who have an identity of this connection. */
  readonly connection: string | undefined;
  /** Only users who have an identity (of that connection, where one is named) in this state. */
  readonly state: VerdictState | undefined;
  /** Counted from 0. */
  readonly page: number;
  readonly perPage: number;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** One page of users. */
export interface UserPage {
  readonly users: readonly UserReport[];
  /** Users who match, as far as was looked. */
  readonly total: number;
  /** Users whose identities were judged to find those of the asked state; all of them where no state was asked for. */
  readonly searched: number;
  /** Users who would have to be judged for `total` to be the whole truth. */
  readonly matching: number;
}

/** What a search works with. */
export interface UserSearchDependencies {
  readonly management: ManagementApi;
  readonly idpTokens: IdpTokens;
  readonly clock: Clock;
}

const SearchAnswer = z.object({ users: z.array(ManagementUser), total: z.number() });

/** Auth0's largest page. */
const largestPage = 100;
/**
 * Auth0 knows nothing of verdicts, so a search by state judges users page by page. Every page is a call of the
 * Management API; at most this many are spent on one search.
 */
const mostPages = 3;

const searchedFields = 'user_id,name,email,last_login,blocked,identities';

/**
 * Finds users, and judges their identities from the very answer that found them.
 * @throws the errors of the Management API
 */
export async function searchUsers(
  search: UserSearch,
  dependencies: UserSearchDependencies,
): Promise<UserPage> {
  const { page, perPage, state } = search;
  if (state === undefined) {
    const { users, total } = await readPage(search, page, perPage, dependencies);
    return { users, total, searched: total, matching: total };
  }
  const found: UserReport[] = [];
  let searched = 0;
  let matching = 0;
  for (let next = 0; next < mostPages; next += 1) {
    const { users, total } = await readPage(search, next, largestPage, dependencies);
    found.push(...users.filter((user) => hasState(user, state, search.connection)));
    searched += users.length;
    matching = total;
    if (searched >= total || users.length === 0) break;
  }
  const first = page * perPage;
  return { users: found.slice(first, first + perPage), total: found.length, searched, matching };
}

function hasState(user: UserReport, state: VerdictState, connection: string | undefined): boolean {
  return user.identities.some(
    (identity) =>
      identity.verdict.state === state && (connection === undefined || identity.connection === connection),
  );
}

async function readPage(
  { text, connection, deadline }: UserSearch,
  page: number,
  perPage: number,
  { management, idpTokens, clock }: UserSearchDependencies,
): Promise<{ users: UserReport[]; total: number }> {
  const query = luceneQuery(text, connection);
  const readAt = clock.now();
  const answer = await management.get({
    path: '/users',
    priority: 'operator',
    query: {
      ...(query !== '' && { q: query }),
      search_engine: 'v3',
      page: String(page),
      per_page: String(perPage),
      include_totals: 'true',
      fields: searchedFields,
      include_fields: 'true',
    },
    schema: SearchAnswer,
    deadline: () => deadline,
  });
  if (answer.status === 'refused') throw new ManagementUnavailableError('it refused the search');
  if (answer.status === 'not_found') throw new UserNotFoundError();
  const { token, body } = answer;
  return {
    users: await Promise.all(
      body.users.map((user) => idpTokens.reportUser({ profile: toUserProfile(user, readAt), token })),
    ),
    total: body.total,
  };
}

/**
 * What people type, as a query: each word must begin a word of the name, nickname or e-mail address; or all of it is a user id.
 * Nothing typed is read as query syntax. Empty where nothing is asked for.
 * @see https://auth0.com/docs/manage-users/user-search/user-search-query-syntax
 */
export function luceneQuery(text: string, connection?: string): string {
  const conditions = [
    ...(text.trim() === '' ? [] : [textQuery(text.trim())]),
    ...(connection === undefined ? [] : [`identities.connection:${quote(connection)}`]),
  ];
  return conditions.length > 1
    ? conditions.map((condition) => `(${condition})`).join(' AND ')
    : (conditions[0] ?? '');
}

function textQuery(text: string): string {
  const words = text.split(/\s+/).map((word) => {
    const prefix = `${word.replace(/[+\-!(){}[\]^"~*?:\\/&|]/g, '\\$&')}*`;
    return `(${['name', 'nickname', 'email', 'given_name', 'family_name'].map((field) => `${field}:${prefix}`).join(' OR ')})`;
  });
  return `user_id:${quote(text)} OR (${words.join(' AND ')})`;
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
