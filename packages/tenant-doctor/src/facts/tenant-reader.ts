import {
  createManagementApi,
  ManagementBudget,
  createUserProfiles,
  ManagementForbiddenError,
  UserNotFoundError,
  type Clock,
  type ManagementTokenSource,
  type UserProfile,
} from '@idp-relay/idp-tokens';
import { z } from 'zod';
import { FactUnavailableError } from './fact-unavailable-error.ts';
import { readSkewMs } from './clock-skew.ts';

/** How a tenant is reached. */
export interface TenantReaderOptions {
  /** The tenant's own domain: `example.us.auth0.com`. */
  readonly domain: string;
  /** Tokens of the client that looks; what its scopes do not open is left out. */
  readonly tokens: ManagementTokenSource;
  readonly fetch: typeof fetch;
  readonly clock: Clock;
  /** Shared with others who ask this tenant; one of its own when left out. */
  readonly budget?: ManagementBudget;
  /** Time limit of one request, in milliseconds. */
  readonly timeoutMs: number;
  /** Longest wait for one answer, rate limits and retries included, in milliseconds; a minute when left out. */
  readonly patienceMs?: number;
}

/** A list of the Management API. */
export interface ListRequest<Item extends z.ZodType> {
  /** Below `/api/v2`, such as `/clients`, already encoded. */
  readonly path: string;
  /** The list's name in the answer; left out where the answer is the list itself. */
  readonly name?: string;
  readonly item: Item;
  /**
   * How the list is cut: by page with totals asked for, by page with totals unasked, by checkpoint, or not at all.
   * `first`: by checkpoint, and the first item is all that is wanted.
   * @see https://auth0.com/docs/api/management/v2#pagination
   */
  readonly paging: 'pages' | 'counted' | 'checkpoint' | 'first' | 'whole';
  /** The fields that are wanted; all when left out. */
  readonly fields?: readonly string[];
  /** Any one of these scopes of the Management API opens it. */
  readonly scopes: readonly string[];
}

/** Reads of one tenant. Every answer is remembered: make a new reader for each examination. */
export interface TenantReader {
  readonly domain: string;
  readonly clock: Clock;
  /**
   * All items of a list.
   * @throws FactUnavailableError when the token's scopes do not open it, or the tenant does not have it; and the errors of
   *   the Management API
   */
  list<Item extends z.ZodType>(request: ListRequest<Item>): Promise<readonly z.output<Item>[]>;
  /**
   * A user's profile with sealed tokens, or `undefined` of a user who is not there.
   * @throws FactUnavailableError
   */
  user(userId: string): Promise<UserProfile | undefined>;
  /**
   * A document that anybody may read, such as the metadata of an issuer; `undefined` when it cannot be had.
   * @param url absolute
   */
  publicDocument<Schema extends z.ZodType>(
    url: string,
    schema: Schema,
  ): Promise<z.output<Schema> | undefined>;
  /** `x-ratelimit-limit` of the last answer of the Management API. */
  rateLimit(): number | undefined;
  /** By how many milliseconds the tenant's clock is ahead of this one's, as the last answer told. */
  clockSkewMs(): number | undefined;
  /** True unless the token surely lacks all of them. */
  mayHaveScope(scopes: readonly string[]): Promise<boolean>;
}

const pageSize = 100;

/** One user at a time is examined. */
const mostProfileBytes = 1_000_000;

/** A reader of the tenant's Management API, and of what it says to everybody. */
export function createTenantReader(options: TenantReaderOptions): TenantReader {
  const { clock, tokens, domain, timeoutMs } = options;
  const patienceMs = options.patienceMs ?? 60_000;
  let skewMs: number | undefined;
  const observingFetch: typeof fetch = async (input, init) => {
    const sentAt = clock.now();
    const response = await options.fetch(input, init);
    skewMs = readSkewMs(response.headers, sentAt, clock.now()) ?? skewMs;
    return response;
  };
  const budget = options.budget ?? new ManagementBudget({ tenant: domain, clock });
  const management = createManagementApi({
    domain,
    tokens,
    budget,
    fetch: observingFetch,
    clock,
    timeoutMs,
  });
  const profiles = createUserProfiles({
    management,
    clock,
    lifetimeMs: patienceMs,
    maxEntries: 10,
    maxBytes: mostProfileBytes,
  });
  const remembered = new Map<string, Promise<unknown>>();

  const mayHaveScope = async (scopes: readonly string[]): Promise<boolean> => {
    const granted = (await tokens.get()).scopes;
    return granted === undefined || scopes.some((scope) => granted.has(scope));
  };

  /** Turns "you may not" and "there is no such thing" into what a check can go on without. */
  const opened = async <Answer>(scopes: readonly string[], read: () => Promise<Answer>): Promise<Answer> => {
    if (!(await mayHaveScope(scopes))) throw FactUnavailableError.ofScope(scopes);
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof ManagementForbiddenError)) throw error;
      const { scopes: granted } = await tokens.get();
      throw granted === undefined
        ? FactUnavailableError.ofScope(scopes)
        : new FactUnavailableError('the tenant refuses it, which its plan may be the reason for');
    }
  };

  const readPage = async (
    { path, name, fields }: Omit<ListRequest<z.ZodType>, 'item'>,
    query: Readonly<Record<string, string>>,
  ): Promise<{ readonly items: readonly unknown[]; readonly total?: number; readonly next?: string }> => {
    const answer = await management.get({
      path,
      query: { ...query, ...(fields && { fields: fields.join(','), include_fields: 'true' }) },
      schema: name === undefined ? z.array(z.unknown()) : z.looseObject({ [name]: z.array(z.unknown()) }),
      deadline: () => clock.now() + patienceMs,
      priority: 'operator',
    });
    if (answer.status !== 'found') throw new FactUnavailableError(`the tenant does not offer ${path}`);
    if (Array.isArray(answer.body)) return { items: answer.body };
    const { total, next } = Paging.parse(answer.body);
    const items = z.array(z.unknown()).parse(answer.body[name ?? '']);
    return {
      items,
      ...(total !== undefined && { total }),
      ...(typeof next === 'string' && next !== '' && { next }),
    };
  };

  const readAll = async (request: ListRequest<z.ZodType>): Promise<readonly unknown[]> => {
    const items: unknown[] = [];
    let next: string | undefined;
    for (let page = 0; ; page += 1) {
      const query = {
        pages: { page: String(page), per_page: String(pageSize), include_totals: 'true' },
        counted: { page: String(page), per_page: String(pageSize) },
        checkpoint: { take: String(pageSize), ...(next !== undefined && { from: next }) },
        first: { take: '1' },
        whole: {},
      }[request.paging];
      const answer = await readPage(request, query);
      items.push(...answer.items);
      next = answer.next;
      const isLast =
        request.paging === 'checkpoint'
          ? next === undefined
          : request.paging === 'whole' ||
            request.paging === 'first' ||
            answer.items.length === 0 ||
            items.length >= (answer.total ?? 0);
      if (isLast) return items;
    }
  };

  const once = (key: string, read: () => Promise<unknown>): Promise<unknown> => {
    const found = remembered.get(key) ?? read();
    remembered.set(key, found);
    return found;
  };

  return {
    domain,
    clock,
    mayHaveScope,
    list: async (request) => {
      const { path, scopes, item } = request;
      const items = await once(path, () => opened(scopes, () => readAll(request)));
      return z.array(item).parse(items);
    },
    user: (userId) =>
      opened(['read:users'], async () => {
        try {
          return (await profiles.get(userId, { deadline: clock.now() + patienceMs })).profile;
        } catch (error) {
          if (error instanceof UserNotFoundError) return undefined;
          throw error;
        }
      }),
    publicDocument: async (url, schema) => {
      const document = await once(url, async () => {
        try {
          const response = await observingFetch(url, {
            headers: { accept: 'application/json' },
            signal: AbortSignal.timeout(timeoutMs),
          });
          const body: unknown = await response.json();
          return response.ok ? body : undefined;
        } catch {
          return undefined;
        }
      });
      return schema.safeParse(document).data;
    },
    rateLimit: () => management.budget.snapshot().limit,
    clockSkewMs: () => skewMs,
  };
}

const Paging = z.object({ total: z.number().optional(), next: z.string().nullish() });
