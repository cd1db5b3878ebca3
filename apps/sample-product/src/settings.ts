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
  VITE_TENANT_ORIGIN: origin,
  /** Client id of this app in the tenant: an application of the kind "Single Page Application". */
  VITE_CLIENT_ID: filled,
  /** Origin of the relay's API. Its CORS_ORIGINS must name this app's origin, and its policy this app's client. */
  VITE_RELAY_ORIGIN: origin,
  /** Identifier of the relay's API in the tenant. */
  VITE_RELAY_AUDIENCE: filled,
});

/** What the app needs to know, by the names of its build's environment variables. None of it is a secret. */
export type Settings = z.infer<typeof Settings>;

/** A setting is missing or of the wrong form; the message names all of them. */
export class SettingsError extends Error {
  /** Stable; branch on this. */
  readonly code = 'settings_invalid';
  constructor(issues: readonly z.core.$ZodIssue[]) {
    super(issues.map(({ path, message }) => `${path.join('.')} ${message}`).join('\n'));
    this.name = 'SettingsError';
  }
}

/** @throws SettingsError */
export function readSettings(environment: Readonly<Record<string, unknown>>): Settings {
  const { success, data, error } = Settings.safeParse(environment);
  if (!success) throw new SettingsError(error.issues);
  return data;
}
