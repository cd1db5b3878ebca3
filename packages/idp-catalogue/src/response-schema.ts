import { z } from 'zod';

/** An HTTP status. */
export const status = z.number().int().min(100).max(999);
/** A JSON value that is neither list nor object. */
export const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** A field of a JSON body, by RFC 6901. */
export const jsonPointer = z.string().startsWith('/');

/** A field of the body that must have a value, or must not be there (`absent`). */
export const fieldCondition = z
  .strictObject({ jsonPointer, equals: scalar.optional(), absent: z.literal(true).optional() })
  .refine(
    ({ equals, absent }) => (equals === undefined) !== (absent === undefined),
    'needs either equals or absent',
  );

const signalAlternative = z
  .strictObject({
    status: z.array(status).min(1),
    /** The field that is looked at, with `*` for any item of a list. Without `in` and `range` it must only be there. */
    jsonPointer: jsonPointer.optional(),
    /** Values of the field; a number and its text are the same. */
    in: z.array(scalar).min(1).optional(),
    /** Numbers from one to the other, both included. */
    range: z.strictObject({ from: z.number().int(), to: z.number().int() }).optional(),
    /** A text within a header; upper and lower case count. */
    header: z
      .strictObject({ name: z.string().regex(/^[A-Za-z0-9-]+$/), contains: z.string().min(1) })
      .optional(),
  })
  .refine((signal) => signal.in === undefined || signal.range === undefined, {
    path: ['range'],
    message: 'cannot stand beside in: give each an alternative of its own',
  })
  .refine(
    (signal) => signal.jsonPointer !== undefined || (signal.in ?? signal.range) === undefined,
    'needs jsonPointer, which says what in and range are about',
  )
  .refine(
    (signal) => (signal.jsonPointer ?? signal.header) !== undefined || signal.status.every((s) => s >= 400),
    {
      path: ['status'],
      message: 'below 400 needs jsonPointer or header: alone it says nothing of the token',
    },
  );

/**
 * How an answer says something of the token: a list of alternatives, one of which must hold. Within an alternative all
 * that is given must hold: the status, the field, the header.
 */
export const responseSignal = z.array(signalAlternative).min(1);

/** A field of the body that must have a value, or must not be there. */
export type FieldCondition = z.infer<typeof fieldCondition>;

/** How an answer says something of the token. */
export type ResponseSignal = z.infer<typeof responseSignal>;
