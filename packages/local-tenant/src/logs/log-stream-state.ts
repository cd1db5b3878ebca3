import { z } from 'zod';

/** How the events of one request are written. */
export const contentFormats = ['JSONARRAY', 'JSONLINES', 'JSONOBJECT'] as const;

/** Where log events go: a custom webhook. */
export const LogStream = z.object({
  id: z.string(),
  name: z.string().optional(),
  type: z.literal('http'),
  /** Auth0 suspends a stream whose sink has not answered for long; here somebody has to say so. */
  status: z.enum(['active', 'paused', 'suspended']),
  sink: z.object({
    httpEndpoint: z.string(),
    httpContentType: z.string().optional(),
    httpContentFormat: z.enum(contentFormats).optional(),
    /** Sent as it is in the `Authorization` header. */
    httpAuthorization: z.string().optional(),
    httpCustomHeaders: z.array(z.object({ header: z.string(), value: z.string() })).optional(),
  }),
  /** Categories that are sent; none: all of them. */
  filters: z.array(z.object({ type: z.literal('category'), name: z.string() })).optional(),
  isPriority: z.boolean().optional(),
});
export type LogStream = z.infer<typeof LogStream>;
