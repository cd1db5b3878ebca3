import type { Comparison, FieldChange, Uncomparable } from './field-change.ts';
import { canonical, isObject, keyItems } from './list-items.ts';
import type { ResourceKind } from './resource-kinds.ts';
import type { Resource } from './resource.ts';
import { hideSecrets, isSecretField } from './secret-fields.ts';

type CompareOptions = Pick<ResourceKind, 'replacedWhole' | 'filledIn' | 'addedTo'>;

/**
 * Compares the fields that the file names with the tenant's own. What the file does not name is left alone by a deployment,
 * and so it is here, except in objects that are replaced whole.
 */
export function compareResource(wanted: Resource, present: Resource, kind: CompareOptions): Comparison {
  const comparison = new ResourceComparison(kind);
  comparison.fields(wanted, present, []);
  return comparison;
}

class ResourceComparison implements Comparison {
  readonly changes: FieldChange[] = [];
  readonly notCompared: Uncomparable[] = [];
  readonly #kind: CompareOptions;

  constructor(kind: CompareOptions) {
    this.#kind = kind;
  }

  fields(
    wanted: Readonly<Record<string, unknown>>,
    present: Readonly<Record<string, unknown>>,
    path: readonly string[],
    label = '',
  ): void {
    for (const [name, value] of Object.entries(wanted))
      this.#field(value, present[name], [...path, name], label === '' ? name : `${label}.${name}`);
    if (this.#kind.replacedWhole?.includes(path[0] ?? '') !== true) return;
    for (const [name, value] of Object.entries(present)) {
      if (name in wanted || isUnset(value) || this.#kind.filledIn?.[name] === value) continue;
      this.changes.push({
        how: 'lost',
        field: `${label}.${name}`,
        from: hideSecrets(value, [...path, name]),
      });
    }
  }

  #field(wanted: unknown, present: unknown, path: readonly string[], field: string): void {
    if (isSecretField(path) && (wanted === null || typeof wanted === 'string')) {
      this.#secret(wanted, present, field);
    } else if (isUnset(wanted) && isUnset(present)) {
      // Auth0 leaves out, or fills in, what says nothing.
    } else if (isObject(wanted) && (isObject(present) || isUnset(present))) {
      this.fields(wanted, isObject(present) ? present : {}, path, field);
    } else if (Array.isArray(wanted) && (Array.isArray(present) || isUnset(present))) {
      this.#items(wanted, Array.isArray(present) ? present : [], path, field);
    } else if (canonical(wanted) !== canonical(present)) {
      this.#set(wanted, present, path, field);
    }
  }

  #set(wanted: unknown, present: unknown, path: readonly string[], field: string): void {
    if (typeof wanted === 'string' && typeof present === 'string' && `${wanted}${present}`.includes('\n')) {
      const lines = present.split('\n');
      const differing = wanted.split('\n').findIndex((line, index) => line !== lines[index]);
      this.changes.push({
        how: 'text',
        field,
        line: differing === -1 ? wanted.split('\n').length + 1 : differing + 1,
      });
      return;
    }
    const from = isUnset(present) ? undefined : hideSecrets(present, path);
    this.changes.push({
      how: 'set',
      field,
      ...(from !== undefined && { from }),
      to: hideSecrets(wanted, path),
    });
  }

  #secret(wanted: unknown, present: unknown, field: string): void {
    if (isUnset(wanted)) this.notCompared.push({ field, reason: 'a secret that a deployment alone knows' });
    else if (isUnset(present))
      this.notCompared.push({ field, reason: 'a secret that the tenant does not show' });
    else if (wanted !== present) this.changes.push({ how: 'secret', field });
  }

  #items(
    wanted: readonly unknown[],
    present: readonly unknown[],
    path: readonly string[],
    field: string,
  ): void {
    if (
      wanted.length === present.length &&
      wanted.length > 0 &&
      present.every(isReference) &&
      !wanted.every(isReference)
    ) {
      this.notCompared.push({ field, reason: 'the tenant shows ids alone' });
      return;
    }
    const keyOf = keyItems(wanted, present);
    const wantedByKey = new Map(wanted.map((item) => [keyOf(item), item]));
    const presentByKey = new Map(present.map((item) => [keyOf(item), item]));
    const added = [...wantedByKey].filter(([key]) => !presentByKey.has(key)).map(([, item]) => item);
    const removed =
      this.#kind.addedTo?.includes(field) === true
        ? []
        : [...presentByKey].filter(([key]) => !wantedByKey.has(key)).map(([, item]) => item);
    if (added.length + removed.length > 0) {
      const shown = (item: unknown): unknown => hideSecrets(item, path);
      this.changes.push({ how: 'items', field, added: added.map(shown), removed: removed.map(shown) });
    }
    for (const [key, item] of wantedByKey) {
      const other = presentByKey.get(key);
      if (isObject(item) && isObject(other)) this.fields(item, other, path, `${field}[${key}]`);
    }
  }
}

/** What Auth0 takes for "not set", and shows or leaves out as it likes. */
function isUnset(value: unknown): boolean {
  if (value === undefined || value === null || value === '' || value === false) return true;
  return typeof value === 'object' && Object.values(value).every(isUnset);
}

/** Keys of clients are kept elsewhere, and a client names them by their id. */
function isReference(item: unknown): boolean {
  return isObject(item) && Object.keys(item).join() === 'id';
}
