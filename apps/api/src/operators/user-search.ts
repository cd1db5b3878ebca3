import { ManagementUnavailableError, UserNotFoundError, type ManagementApi } from '@idp-relay/idp-tokens';
import { z } from 'zod';

/** One page of users. */
export interface UserPage {
  readonly users: readonly FoundUser[];
  readonly total: number;
}

/** A user as operators find them. */
export type FoundUser = z.infer<typeof FoundUserSchema>;

const FoundUserSchema = z.object({
  user_id: z.string(),
  name: z.string().optional(),
  email: z.string().optional(),
  picture: z.string().optional(),
  last_login: z.string().optional(),
  blocked: z.boolean().optional(),
  identities: z.array(
    z.object({
      connection: z.string(),
      provider: z.string(),
      user_id: z.union([z.string(), z.number()]).transform(String),
    }),
  ),
});
const SearchAnswer = z.object({ users: z.array(FoundUserSchema), total: z.number() });

/**
 * Finds users whose name, e-mail or nickname begins with, or whose user id is, what was typed.
 * @param page counted from 0
 * @throws the errors of the Management API
 */
export async function searchUsers(
  management: ManagementApi,
  search: {
    readonly text: string;
    readonly page: number;
    readonly perPage: number;
    readonly deadline: number;
  },
): Promise<UserPage> {
  const answer = await management.get({
    path: '/users',
    query: {
      ...(search.text !== '' && { q: luceneQuery(search.text) }),
      search_engine: 'v3',
      page: String(search.page),
      per_page: String(search.perPage),
      include_totals: 'true',
      fields: 'user_id,name,email,picture,last_login,blocked,identities',
      include_fields: 'true',
    },
    schema: SearchAnswer,
    deadline: () => search.deadline,
  });
  if (answer.status === 'refused') throw new ManagementUnavailableError('it refused the search');
  if (answer.status === 'not_found') throw new UserNotFoundError();
  return answer.body;
}

/**
 * What people type, as a query: each word must begin a word of the name, nickname or e-mail address; or all of it is a user id.
 * Nothing typed is read as query syntax.
 * @see https://auth0.com/docs/manage-users/user-search/user-search-query-syntax
 */
export function luceneQuery(text: string): string {
  const trimmed = text.trim();
  const words = trimmed.split(/\s+/).map((word) => {
    const prefix = `${word.replace(/[+\-!(){}[\]^"~*?:\\/&|]/g, '\\$&')}*`;
    return `(${['name', 'nickname', 'email', 'given_name', 'family_name'].map((field) => `${field}:${prefix}`).join(' OR ')})`;
  });
  return `user_id:"${trimmed.replace(/["\\]/g, '\\$&')}" OR (${words.join(' AND ')})`;
}
