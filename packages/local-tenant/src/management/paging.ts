import { z } from 'zod';
import { invalidQuery } from './management-error.ts';

const Paging = z.object({
  page: z.coerce.number().int().nonnegative().optional(),
  per_page: z.coerce.number().int().min(1).max(100).optional(),
  include_totals: z.stringbool().optional(),
  from: z.string().optional(),
  take: z.coerce.number().int().min(1).max(100).optional(),
});

const defaultPageSize = 50;

/**
 * Cuts a list as Auth0 does: by checkpoint (`from`, `take`) or by page, bare or with totals.
 * @param name the list's name in the answer, such as `clients`
 * @see https://auth0.com/docs/api/management/v2#pagination
 */
export function paginate(name: string, items: readonly unknown[], query: unknown): unknown {
  const {
    page = 0,
    per_page: perPage = defaultPageSize,
    include_totals: totals,
    from,
    take,
  } = Paging.parse(query);
  if (take !== undefined || from !== undefined) {
    const size = take ?? defaultPageSize;
    const start = from === undefined ? 0 : readCheckpoint(from);
    const end = start + size;
    return {
      [name]: items.slice(start, end),
      ...(end < items.length && { next: checkpoint(end) }),
    };
  }
  const start = page * perPage;
  const cut = items.slice(start, start + perPage);
  return totals === true ? { [name]: cut, start, limit: perPage, total: items.length } : cut;
}

const CountedPaging = z.object({
  page: z.coerce.number().int().nonnegative().default(0),
  per_page: z.coerce.number().int().min(1).max(100).default(20),
});

/** Cuts a list as Auth0 does for Actions: by page alone, and always with the count. */
export function countedPage(
  name: string,
  items: readonly unknown[],
  query: unknown,
): Record<string, unknown> {
  const { page, per_page: perPage } = CountedPaging.parse(query);
  const start = page * perPage;
  return { [name]: items.slice(start, start + perPage), total: items.length, page, per_page: perPage };
}

/** Where the next page begins, for nobody but the tenant to read. */
function checkpoint(index: number): string {
  return Buffer.from(String(index)).toString('base64url');
}

/** @throws {ManagementError} 400 for what is no checkpoint of this tenant */
function readCheckpoint(from: string): number {
  const index = Number.parseInt(Buffer.from(from, 'base64url').toString(), 10);
  if (!(index > 0) || checkpoint(index) !== from) throw invalidQuery('from is not a checkpoint');
  return index;
}

const Fields = z.object({ fields: z.string().optional(), include_fields: z.stringbool().default(true) });

/** Keeps, or leaves out, the fields that `fields` names. */
export function selectFields(
  item: Readonly<Record<string, unknown>>,
  query: unknown,
): Record<string, unknown> {
  const { fields, include_fields: include } = Fields.parse(query);
  if (fields === undefined || fields === '') return { ...item };
  const named = new Set(fields.split(',').map((field) => field.trim()));
  return Object.fromEntries(Object.entries(item).filter(([name]) => named.has(name) === include));
}
