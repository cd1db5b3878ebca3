import { file, options } from '../../test/change-connection.ts';
import { testFindings } from '../../test/test-findings.ts';
import { connectionRenewalChecks } from './connection-renewal.ts';

testFindings(connectionRenewalChecks, [
  {
    code: 'connection_offline_access_not_asked',
    when: 'by a parameter',
    subject: 'google-oauth2',
    evidence: 'asked for: email, profile; upstream parameters: none',
    fix: 'access_type=offline&prompt=consent',
    break: options('google-oauth2', { upstream_params: {} }),
    mend: options('google-oauth2'),
  },
  {
    code: 'connection_offline_access_not_asked',
    when: 'by a parameter that each sign-in gives',
    subject: 'google-oauth2',
    evidence: 'upstream parameters: access_type',
    fix: 'access_type=offline&prompt=consent',
    break: options('google-oauth2', { upstream_params: { access_type: { alias: 'access_type' } } }),
    mend: options('google-oauth2', { upstream_params: null, offline_access: true }),
    restore: options('google-oauth2'),
  },
  {
    code: 'connection_offline_access_not_asked',
    when: 'by a scope',
    subject: 'acme-entra',
    evidence: 'asked for: ',
    fix: 'connection_scope=offline_access',
    break: options('acme-entra', { scope: [] }),
    mend: options('acme-entra', { scope: 'openid,offline_access' }),
    restore: options('acme-entra'),
  },
  {
    code: 'connection_keeps_refresh_tokens_out',
    subject: 'acme-entra',
    evidence: 'options.ext_refresh_token: false',
    fix: 'ext_refresh_token: true',
    break: options('acme-entra', { ext_refresh_token: false }),
    mend: options('acme-entra', { ext_refresh_token: true }),
    restore: options('acme-entra'),
  },
  {
    code: 'connection_renewal_client_missing',
    subject: 'google-oauth2',
    evidence: 'end after 3599 s; no client',
    fix: 'connections.google-oauth2.client',
    break: file("google-oauth2: { client: { id: auth0-at-google-oauth2, secret: '${GOOGLE_SECRET}' } }", ''),
    mend: () => undefined,
  },
  {
    code: 'connection_renewal_client_differs',
    subject: 'google-oauth2',
    evidence: 'the connection’s client id: auth0-at-google-oauth2; in the operators’ file: another',
    fix: 'connections.google-oauth2.client.id: auth0-at-google-oauth2',
    break: file('id: auth0-at-google-oauth2, secret', 'id: another, secret'),
    mend: () => undefined,
  },
]);
