import { z } from 'zod';

const Record = z.object({ value: z.string(), expires_at: z.number() });

/** How long a value is cached: milliseconds, and milliseconds since the epoch. */
export const CacheOptions = z.object({
  ttl: z.number().exactOptional(),
  expires_at: z.number().exactOptional(),
});

/** What the sandbox is started with. */
export const SandboxTask = z.object({
  /** In order of execution. */
  actions: z.array(
    z.object({ name: z.string(), code: z.string(), secrets: z.record(z.string(), z.string()) }),
  ),
  /** The trigger's event as JSON, without secrets. */
  event: z.string(),
  cache: z.array(z.tuple([z.string(), Record])),
  /** Milliseconds since the epoch, by the tenant's clock. */
  now: z.number(),
});
export type SandboxTask = z.infer<typeof SandboxTask>;

const Claim = { key: z.string(), value: z.unknown() };

/** A change that an Action asks the tenant to make. */
export const SandboxCommand = z.discriminatedUnion('type', [
  z.object({ type: z.literal('accessToken.setCustomClaim'), ...Claim }),
  z.object({ type: z.literal('idToken.setCustomClaim'), ...Claim }),
  z.object({ type: z.literal('user.setAppMetadata'), ...Claim }),
  z.object({ type: z.literal('user.setUserMetadata'), ...Claim }),
  z.object({ type: z.literal('accessToken.addScope'), scope: z.string() }),
  z.object({ type: z.literal('accessToken.removeScope'), scope: z.string() }),
  z.object({ type: z.literal('access.deny'), reason: z.string() }),
  z.object({
    type: z.literal('cache.set'),
    key: z.string(),
    record: Record,
  }),
  z.object({ type: z.literal('cache.delete'), key: z.string() }),
]);
export type SandboxCommand = z.infer<typeof SandboxCommand>;

/** What an Action died of. */
export const ActionError = z.object({ name: z.string(), message: z.string(), stack: z.string().optional() });
export type ActionError = z.infer<typeof ActionError>;

/** What the sandbox tells while it runs, in order. */
export const SandboxMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started') }),
  z.object({ type: z.literal('command'), command: SandboxCommand }),
  z.object({ type: z.literal('console'), text: z.string() }),
  z.object({ type: z.literal('ended'), error: ActionError.optional() }),
  /** Nothing more is to come. */
  z.object({ type: z.literal('done') }),
]);
export type SandboxMessage = z.infer<typeof SandboxMessage>;
