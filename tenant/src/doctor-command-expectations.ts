import { postLoginAction, postLoginStamp } from '@idp-relay/actions';
import type { RelayConfiguration } from '@idp-relay/relay-configuration';
import type { TenantExpectations } from '@idp-relay/tenant-doctor';
import { z } from 'zod';
import type { Environment } from './environment.ts';
import { logStreamEndpoint, logStreamName } from './log-stream-deployment.ts';
import { readFilledTenantFile } from './tenant-file.ts';

const TenantFile = z.object({
  resourceServers: z.array(
    z.object({
      identifier: z.string(),
      /** Seconds. */
      token_lifetime: z.number(),
      scopes: z.array(z.object({ value: z.string() })),
    }),
  ),
  roles: z.array(
    z.object({
      name: z.string(),
      permissions: z.array(z.object({ permission_name: z.string(), resource_server_identifier: z.string() })),
    }),
  ),
});

/** What is known besides tenant.yaml and the environment. */
export interface ExpectationSources {
  /** The command that deploys this environment. */
  readonly deployCommand: string;
  readonly configuration?: RelayConfiguration;
  readonly action?: TenantExpectations['action'];
}

/**
 * The Action that a deployment brings to an environment, in the doctor's words.
 * @returns undefined: it brings none
 */
export async function expectedAction({
  post_login_action: action,
}: Environment): Promise<TenantExpectations['action']> {
  if (action === undefined) return undefined;
  const { name, trigger, secrets } = postLoginAction;
  return { name, trigger: trigger.id, secrets, stamp: await postLoginStamp() };
}

/** What a deployment brings to an environment, in the doctor's words. */
export function expectedTenant(
  environment: Environment,
  { deployCommand, configuration, action }: ExpectationSources,
): TenantExpectations {
  const { domain, custom_domains: customDomains, keywords, production, log_stream: stream } = environment;
  const file = TenantFile.parse(readFilledTenantFile(environment));
  const audience = keywords.RELAY_AUDIENCE;
  const api = file.resourceServers.find(({ identifier }) => identifier === audience);
  const origins = customDomains.map((url) => new URL(url).origin);
  return {
    deployCommand,
    production,
    issuers: [`https://${domain}`, ...origins].map((origin) => `${origin}/`),
    customDomains: origins,
    relayClient: 'IdP Relay API',
    relayApi: {
      audience,
      permissions: api?.scopes.map(({ value }) => value) ?? [],
      tokenLifetimeSeconds: api?.token_lifetime ?? 0,
    },
    roles: file.roles.map(({ name, permissions }) => ({
      name,
      permissions: permissions
        .filter(({ resource_server_identifier: identifier }) => identifier === audience)
        .map(({ permission_name: permission }) => permission),
    })),
    operatorPermission: 'inspect:identities',
    dashboard: { client: 'IdP Relay Dashboard', urls: keywords.DASHBOARD_URLS },
    ...(action && { action }),
    ...(stream && { logStream: { name: logStreamName, endpoint: logStreamEndpoint(stream.relay_url) } }),
    ...(configuration && { configuration }),
  };
}
