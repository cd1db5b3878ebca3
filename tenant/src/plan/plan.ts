import type { FieldChange, Uncomparable } from './field-change.ts';

/** A resource, for people. */
export interface Named {
  /** Such as `client`. */
  readonly kind: string;
  readonly name: string;
}

/** A resource that a deployment would change. */
export interface ResourceChange extends Named {
  readonly changes: readonly FieldChange[];
}

/** Something that somebody may miss after a deployment. */
export interface PlanWarning extends Named {
  readonly field: string;
  /** What is lost and how to keep it, for people. */
  readonly message: string;
}

/** What a deployment would do to a tenant. Holds no secret. */
export interface Plan {
  readonly create: readonly Named[];
  readonly change: readonly ResourceChange[];
  /** As the files want them. */
  readonly unchanged: readonly Named[];
  /** How many resources of each kind the files do not name: they are left alone. */
  readonly notManaged: Readonly<Record<string, number>>;
  readonly warnings: readonly PlanWarning[];
  readonly notCompared: readonly (Named & Uncomparable)[];
}

/** True when a deployment would do nothing. */
export function isEmpty({ create, change, warnings }: Plan): boolean {
  return create.length + change.length + warnings.length === 0;
}
