import { readEnvironment, type Environment } from '@idp-relay/tenant';
import { localPorts } from './local-ports.ts';

const unmovedApi = `http://localhost:${localPorts(0).api}`;

/**
 * What the tenant on this machine is deployed with: environments/local.json, with the ports moved.
 * @throws DeployError
 */
export function localEnvironment(portOffset: number): Environment {
  const local = readEnvironment('local');
  const { api, tenant } = localPorts(portOffset);
  const moveUrl = (url: string): string => url.replace(unmovedApi, `http://localhost:${api}`);
  const move = (urls: readonly string[]): string[] => urls.map(moveUrl);
  const { post_login_action: action, log_stream: stream } = local;
  return {
    ...local,
    domain: `localhost:${tenant.tenantHttps}`,
    custom_domains: [`http://localhost:${tenant.tenantHttp}`],
    ...(action && {
      post_login_action: { ...action, relay_url: moveUrl(action.relay_url) },
    }),
    ...(stream && { log_stream: { ...stream, relay_url: moveUrl(stream.relay_url) } }),
    keywords: {
      ...local.keywords,
      DASHBOARD_URLS: move(local.keywords.DASHBOARD_URLS),
      SAMPLE_PRODUCT_CALLBACKS: move(local.keywords.SAMPLE_PRODUCT_CALLBACKS),
    },
  };
}
