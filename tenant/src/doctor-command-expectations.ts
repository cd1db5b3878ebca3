import { postLoginAction, postLoginStamp } from '@idp-relay/actions';
import type { RelayConfiguration } from '@idp-relay/relay-configuration';
import { expectTenant, type TenantExpectations } from '@idp-relay/tenant-doctor';
import { z } from 'zod';
import type { Environment } from './environment.ts';
import { logStreamEndpoint, logStreamName } from './log-stream-deployment.ts';
import { readFilledTenantFile } from './tenant-file.ts';

const TenantFile = z.object({
  resourceServers: z.array(
    z.object({ identifier: z.string(), scopes: z.array(z.object({ value: z.string() })) }),
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
  return expectTenant({
    deployCommand,
    production,
    domain,
    customDomains,
    audience,
    permissions: api?.scopes.map(({ value }) => value) ?? [],
    dashboard: { urls: keywords.DASHBOARD_URLS },
    ...(action && { action }),
    ...(stream && { logStream: { name: logStreamName, endpoint: logStreamEndpoint(stream.relay_url) } }),
    ...(configuration && { configuration }),
  });
}
