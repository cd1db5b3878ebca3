import { z } from 'zod';
import { ActionDependency, type ActionContent, type ActionSecret } from '../actions/action-state.ts';
import { postLoginTrigger } from '../actions/post-login-trigger.ts';
import { invalidBody } from './management-error.ts';

/** Auth0 takes 100 kB of code, in bytes of UTF-8. */
const longestCode = 100_000;

const Trigger = z
  .looseObject({
    id: z.literal(postLoginTrigger.id, {
      error: `supported_triggers: this tenant runs ${postLoginTrigger.id} alone`,
    }),
    version: z.literal(postLoginTrigger.version).default(postLoginTrigger.version),
  })
  .transform(({ id, version }) => ({ id, version }));
const Secret = z.looseObject({ name: z.string().min(1).max(128), value: z.string().max(4096).optional() });
const Content = z.object({
  code: z
    .string()
    .refine((code) => Buffer.byteLength(code) <= longestCode, {
      error: `code may have ${String(longestCode)} bytes at most`,
    })
    .optional(),
  runtime: z.enum(postLoginTrigger.runtimes).optional(),
  dependencies: z.array(ActionDependency).optional(),
  secrets: z.array(Secret).optional(),
  modules: z.array(z.unknown()).max(0, { error: 'modules: this tenant has none' }).optional(),
});

/**
 * The body of `POST /actions/actions`.
 * @see https://auth0.com/docs/customize/actions/limitations
 */
export const ActionCreation = z.strictObject({
  ...Content.shape,
  name: z.string().min(1),
  supported_triggers: z.tuple([Trigger]),
  deploy: z.boolean().default(false),
});

/** The body of `PATCH /actions/actions/{id}`; lists are replaced whole. */
export const ActionPatch = z.strictObject({
  ...Content.shape,
  name: z.string().min(1).optional(),
  supported_triggers: z.tuple([Trigger]).optional(),
});

/**
 * The content that comes of a request: what it leaves out stays as it was, and so does the value of a secret that it
 * only names.
 * @param now ISO 8601
 * @throws {ManagementError} 400 for a new secret without a value
 */
export function changedContent(
  earlier: ActionContent,
  asked: z.infer<typeof Content>,
  now: string,
): ActionContent {
  return {
    code: asked.code ?? earlier.code,
    runtime: asked.runtime ?? earlier.runtime,
    dependencies: asked.dependencies ?? earlier.dependencies,
    secrets:
      asked.secrets?.map(({ name, value }) => changedSecret(earlier.secrets, name, value, now)) ??
      earlier.secrets,
  };
}

function changedSecret(
  secrets: readonly ActionSecret[],
  name: string,
  value: string | undefined,
  now: string,
): ActionSecret {
  const kept = secrets.find((secret) => secret.name === name);
  if (kept !== undefined && (value === undefined || value === kept.value)) return kept;
  if (value === undefined) throw invalidBody(`secrets: ${name} is new and needs a value`);
  return { name, value, updated_at: now };
}
