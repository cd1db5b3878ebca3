import { file, options } from '../../test/change-connection.ts';
import { testFindings, type Breakage } from '../../test/test-findings.ts';
import { connectionTokenChecks } from './connection-tokens.ts';

const keptOut = (name: string, evidence: string, changed: Readonly<Record<string, unknown>>): Breakage => ({
  code: 'connection_keeps_tokens_out',
  when: `by ${evidence}`,
  subject: name,
  evidence: `options.${evidence}`,
  fix: `Authentication → Enterprise → ${name}`,
  break: options(name, changed),
  mend: options(name),
});
const vaultRow = 'google-vault: { token_vault: true, catalogue';

testFindings(connectionTokenChecks, [
  {
    code: 'connection_developer_keys',
    subject: 'github',
    evidence: 'options.client_id: not set',
    fix: 'Register an app at GitHub',
    break: options('github', { client_id: undefined, client_secret: undefined }),
    mend: options('github'),
  },
  {
    code: 'connection_developer_keys',
    when: 'where the fields were emptied',
    subject: 'github',
    evidence: 'options.client_id: not set',
    fix: 'Authentication → Social → github → Settings',
    break: options('github', { client_id: '', client_secret: '' }),
    mend: options('github'),
  },
  keptOut('acme-entra', 'ext_access_token: false', { ext_access_token: false }),
  keptOut('acme-entra', 'use_wsfed: true', { use_wsfed: true }),
  keptOut('acme-entra', 'waad_protocol: ws-federation', { waad_protocol: 'ws-federation' }),
  keptOut('acme-oidc', 'type: front_channel', { type: 'front_channel' }),
  {
    code: 'connection_tokens_bound',
    subject: 'acme-oidc',
    evidence: 'options.dpop_signing_alg: ES256',
    fix: 'switch DPoP off',
    break: options('acme-oidc', { dpop_signing_alg: 'ES256' }),
    mend: options('acme-oidc'),
  },
  {
    code: 'connection_scopes_not_asked',
    when: 'that an option stands for',
    subject: 'github',
    evidence: 'asked for: user:email; required and not asked for: repo',
    fix: 'connection_scope=repo',
    break: options('github', { repo: undefined }),
    mend: options('github'),
  },
  {
    code: 'connection_scopes_not_asked',
    when: 'that are asked for by name',
    subject: 'google-oauth2',
    evidence: 'required and not asked for: https://www.googleapis.com/auth/drive.file',
    fix: 'Permissions: add https://www.googleapis.com/auth/drive.file',
    break: file(
      'google-oauth2: { client',
      "google-oauth2: { required_scopes: ['https://www.googleapis.com/auth/drive.file'], client",
    ),
    mend: async (healthy) => {
      await options('google-oauth2', { drive_file: true })(healthy);
      return file(
        'google-oauth2: { client',
        "google-oauth2: { required_scopes: ['https://www.googleapis.com/auth/drive.file'], client",
      )(healthy);
    },
    restore: options('google-oauth2'),
  },
  {
    code: 'connection_vault_not_configured',
    subject: 'google-vault',
    evidence: 'active: true; token_vault in the operators’ file: not set',
    fix: 'connections.google-vault.token_vault: true',
    break: file(vaultRow, 'google-vault: { client: { id: auth0-at-google-oauth2 }, catalogue'),
    mend: () => undefined,
  },
  {
    code: 'connection_vault_off',
    subject: 'google-vault',
    evidence: 'active: not true; token_vault in the operators’ file: true',
    fix: 'switch Token Vault on',
    break: options('google-vault', { federated_connections_access_tokens: { active: false } }),
    mend: options('google-vault'),
  },
]);
