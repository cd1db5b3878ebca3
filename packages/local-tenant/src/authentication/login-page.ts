import { escapeHtml, renderPage } from '../html.ts';
import { findSampleIdpOf } from '../sample-idps/sample-idp-registry.ts';
import type { Client, Connection, User } from '../state/tenant-state.ts';

/** What the login page shows. */
export interface LoginPage {
  readonly client: Client;
  readonly connections: readonly Connection[];
  readonly transaction: string;
  readonly hint: string | undefined;
  /** Sample users of the database connection, offered for one click less typing. */
  readonly sampleUsers: readonly User[];
  readonly problem?: string;
}

/**
 * The tenant's login page. Its form posts to `/u/login`: `transaction` (hidden), and either `connection` (a button for
 * each IdP) or `username` and `password`.
 */
export function renderLoginPage({
  client,
  connections,
  transaction,
  hint,
  sampleUsers,
  problem,
}: LoginPage): string {
  const hidden = `<input type="hidden" name="transaction" value="${escapeHtml(transaction)}">`;
  const buttons = connections
    .filter(
      ({ strategy, options }) =>
        findSampleIdpOf(strategy) !== undefined && options.federated_connections_access_tokens === undefined,
    )
    .map(
      ({ name, display_name: label }) =>
        `<button name="connection" value="${escapeHtml(name)}">Continue with ${escapeHtml(label ?? name)}</button>`,
    );
  const hints = sampleUsers.map(
    ({ email = '', password = '' }) =>
      `<li><small>${escapeHtml(email)} / ${escapeHtml(password)}</small></li>`,
  );
  const passwordForm = `<form method="post" action="/u/login">${hidden}
<label>E-mail <input name="username" type="email" autocomplete="username" required value="${escapeHtml(hint ?? '')}"></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button class="action">Sign in</button></form>
<small>Sample users of this local tenant:</small><ul>${hints.join('')}</ul>`;
  return renderPage({
    title: 'Sign in',
    content: `
<p>to ${escapeHtml(client.name)}</p>
${problem === undefined ? '' : `<p class="error" role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="/u/login">${hidden}${buttons.join('\n')}</form>
${connections.some(({ strategy }) => strategy === 'auth0') ? passwordForm : ''}`,
  });
}
