import { z } from 'zod';

const origin = z
  .string('is not set')
  .refine(
    (text) => URL.parse(text)?.origin === text,
    'must be an origin such as https://example.com, without a path',
  );
const filled = z.string('is not set').min(1, 'is empty');

const Settings = z.object({
  /** Origin of the tenant, such as `https://example.us.auth0.com`. */
  TENANT_ORIGIN: origin,
  /** Origin of the relay's API. */
  RELAY_ORIGIN: origin,
  /** Identifier of the relay's API in the tenant. */
  RELAY_AUDIENCE: filled,
  /** Of this backend's own client, which has a client grant with `call:idp_for_users` on that API. */
  SAMPLE_BACKEND_CLIENT_ID: filled,
  SAMPLE_BACKEND_CLIENT_SECRET: filled,
});

/** What the backend needs to know, by the names of its environment variables. */
export type Settings = z.infer<typeof Settings>;

/** An environment variable is missing or of the wrong form. The message names all of them, and no value. */
export class SettingsError extends Error {
  /** Stable; branch on this. */
  readonly code = 'settings_invalid';
  constructor(issues: readonly z.core.$ZodIssue[]) {
    super(issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'));
    this.name = 'SettingsError';
  }
}

/** @throws SettingsError */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const { success, data, error } = Settings.safeParse(environment);
  if (!success) throw new SettingsError(error.issues);
  return data;
}
