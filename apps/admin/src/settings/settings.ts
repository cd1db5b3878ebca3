import { createContext, use } from 'react';
import { z } from 'zod/mini';

/** The document that the API serves beside the dashboard. */
export const Settings = z.object({
  /** Origin of the tenant, as browsers reach it. */
  tenant_origin: z.url(),
  /** Of this single-page app. */
  client_id: z.string(),
  /** The relay's audience. */
  audience: z.string(),
});

/** Where to sign in, and for what. */
export type Settings = z.infer<typeof Settings>;

/** Holds the settings, once they were read. */
export const SettingsContext = createContext<Settings | undefined>(undefined);

/** The settings. Below a `SettingsProvider` only. */
export function useSettings(): Settings {
  const settings = use(SettingsContext);
  if (settings === undefined) throw new Error('useSettings needs a SettingsProvider above it.');
  return settings;
}
