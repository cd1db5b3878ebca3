import { join } from 'node:path';
import { sampleIdpClient } from '@idp-relay/local-tenant';
import { localPorts } from './local-ports.ts';

/** The operators' file of the local installation, from the project's folder. */
export const localRelayFile = join('apps', 'launcher', 'local-relay.yaml');

/** What that file's `${NAMES}` stand for, but for the client ids, which a deployment chooses. */
export function localRelayVariables(portOffset: number): Readonly<Record<string, string>> {
  const { api, tenant } = localPorts(portOffset);
  return {
    SAMPLE_IDPS: `https://localhost:${tenant.idpsHttps}`,
    SAMPLE_GOOGLE_SECRET: sampleIdpClient('google-oauth2').clientSecret,
    SAMPLE_MICROSOFT_SECRET: sampleIdpClient('windowslive').clientSecret,
    SAMPLE_BITBUCKET_SECRET: sampleIdpClient('bitbucket').clientSecret,
    SIGNED_IN_URL: `http://localhost:${api}/signed-in`,
  };
}
