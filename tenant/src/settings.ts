import type { NoticeSecrets } from './notice-secrets.ts';
import { writePrivateFile } from './private-file.ts';
import type { Provisioned } from './provisioned.ts';

/**
 * The environment variables that the API reads, as a deployment knows them.
 * @param secrets by which the API knows notices of the tenant
 */
export function apiSettings(
  provisioned: Provisioned,
  { noticeSecret, logStreamToken }: NoticeSecrets = {},
): Readonly<Record<string, string>> {
  return {
    AUTH0_DOMAIN: provisioned.domain,
    AUTH0_CUSTOM_DOMAINS: provisioned.customDomains.join(','),
    AUTH0_CLIENT_ID: provisioned.apiClientId,
    AUTH0_CLIENT_SECRET: provisioned.apiClientSecret,
    RELAY_AUDIENCE: provisioned.audience,
    DASHBOARD_CLIENT_ID: provisioned.dashboardClientId,
    SAMPLE_PRODUCT_CLIENT_ID: provisioned.sampleProductClientId,
    SAMPLE_BACKEND_CLIENT_ID: provisioned.sampleBackendClientId,
    ...(provisioned.tokenVault && tokenVaultSettings(provisioned.tokenVault)),
    ...(provisioned.doctor && {
      DOCTOR_CLIENT_ID: provisioned.doctor.clientId,
      DOCTOR_CLIENT_SECRET: provisioned.doctor.clientSecret,
    }),
    ...(noticeSecret && { NOTICE_SECRET: noticeSecret.reveal() }),
    ...(logStreamToken && { LOG_STREAM_TOKEN: logStreamToken.reveal() }),
  };
}

function tokenVaultSettings({
  clientId,
  clientSecret,
  worker,
}: NonNullable<Provisioned['tokenVault']>): Record<string, string> {
  return {
    TOKEN_VAULT_CLIENT_ID: clientId,
    TOKEN_VAULT_CLIENT_SECRET: clientSecret,
    ...(worker && {
      TOKEN_VAULT_WORKER_CLIENT_ID: worker.clientId,
      TOKEN_VAULT_WORKER_KEY_FILE: worker.keyFile,
      TOKEN_VAULT_WORKER_KEY_ID: worker.keyId,
    }),
  };
}

const secretNames = new Set([
  'AUTH0_CLIENT_SECRET',
  'SAMPLE_BACKEND_CLIENT_SECRET',
  'TOKEN_VAULT_CLIENT_SECRET',
  'DOCTOR_CLIENT_SECRET',
  'NOTICE_SECRET',
  'LOG_STREAM_TOKEN',
]);

/** Settings with `<hidden: …>` for secrets, unless they are asked for. */
export function shownSettings(
  settings: Readonly<Record<string, string>>,
  showSecrets: boolean,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [
      name,
      secretNames.has(name) && !showSecrets ? '<hidden: see --show-secrets>' : value,
    ]),
  );
}

/** Settings as a text for people: one `NAME=value` a line. Secrets are named but not shown, unless asked for. */
export function describeSettings(settings: Readonly<Record<string, string>>, showSecrets: boolean): string {
  return Object.entries(shownSettings(settings, showSecrets))
    .map(([name, value]) => `${name}=${value}`)
    .join('\n');
}

/** Writes settings to a file that only its owner can read. The file is replaced whole. */
export function writeSettings(file: string, settings: Readonly<Record<string, string>>): void {
  writePrivateFile(file, `${describeSettings(settings, true)}\n`);
}
