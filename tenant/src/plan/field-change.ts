/** How one field of a resource differs. Secrets are hidden already. */
export type FieldChange =
  | { readonly how: 'set'; readonly field: string; readonly from?: unknown; readonly to: unknown }
  /** A list that is compared as a set: what comes, and what goes. */
  | {
      readonly how: 'items';
      readonly field: string;
      readonly added: readonly unknown[];
      readonly removed: readonly unknown[];
    }
  /** A text of several lines. `line` is the first that differs, from 1. */
  | { readonly how: 'text'; readonly field: string; readonly line: number }
  /** Two secrets that differ. */
  | { readonly how: 'secret'; readonly field: string }
  /** A field that is lost, since the object around it is replaced whole. */
  | { readonly how: 'lost'; readonly field: string; readonly from: unknown };

/** A field of which nobody can tell whether it differs. */
export interface Uncomparable {
  readonly field: string;
  /** Why, for people. */
  readonly reason: string;
}

/** What came of comparing. */
export interface Comparison {
  readonly changes: readonly FieldChange[];
  readonly notCompared: readonly Uncomparable[];
}
