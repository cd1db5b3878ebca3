import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { escapeHtml, pageHeaders, renderPage } from '../html.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import type { AuthorizationCodes } from './authorization-codes.ts';
import type { SampleAccount } from './sample-idp-state.ts';
import { sampleIdpClient } from './sample-idp-store.ts';
import type { SampleIdp } from './sample-idp.ts';

const AuthorizationRequest = z.object({
  client_id: z.string(),
  redirect_uri: z.string(),
  response_type: z.string().optional(),
  scope: z.string().default(''),
  state: z.string().optional(),
  prompt: z.string().optional(),
  login_hint: z.string().optional(),
  access_type: z.string().optional(),
});
type AuthorizationRequest = z.infer<typeof AuthorizationRequest>;

const Decision = z.object({
  transaction: z.string(),
  decision: z.enum(['allow', 'deny']).default('allow'),
  /** A button of the list of accounts. */
  account: z.string().optional(),
  login: z.string().optional(),
  password: z.string().optional(),
});

/**
 * The IdP's own login and consent, on one page. The form posts `transaction` (hidden), `decision` (`allow` or `deny`) and
 * either `account` (a button for each sample account) or `login` and `password`.
 * @see https://datatracker.ietf.org/doc/html/rfc6749#section-4.1.1
 */
export function registerAuthorizationEndpoint(
  app: FastifyInstance,
  context: LocalTenantContext,
  idp: SampleIdp,
  codes: AuthorizationCodes,
): void {
  const transactions = new Map<string, AuthorizationRequest>();

  app.get(idp.endpoints.authorize, (request, reply) => {
    const parsed = AuthorizationRequest.safeParse(request.query);
    const callbacks = [context.origins.tenantHttps, context.origins.tenantHttp].map(
      (origin) => `${origin}/login/callback`,
    );
    const isKnown =
      parsed.success &&
      parsed.data.client_id === sampleIdpClient(idp.strategy).clientId &&
      callbacks.includes(parsed.data.redirect_uri);
    if (!isKnown) {
      const page = renderPage({
        title: idp.displayName,
        content: '<p class="error">Unknown client or redirect_uri.</p>',
      });
      return reply.code(400).headers(pageHeaders).send(page);
    }
    const asked = parsed.data;
    if (asked.response_type !== 'code')
      return reply.redirect(backToClient(asked, { error: 'unsupported_response_type' }));
    if (asked.prompt === 'none') return reply.redirect(backToClient(asked, { error: 'login_required' }));
    const transaction = randomBytes(16).toString('base64url');
    transactions.set(transaction, asked);
    return reply.headers(pageHeaders).send(renderLogin(idp, context, asked, transaction));
  });

  app.post(idp.endpoints.authorize, (request, reply) => {
    const form = Decision.safeParse(request.body);
    const asked = form.success ? transactions.get(form.data.transaction) : undefined;
    if (!form.success || asked === undefined) {
      const page = renderPage({
        title: idp.displayName,
        content: '<p class="error">This sign-in is over. Begin again.</p>',
      });
      return reply.code(400).headers(pageHeaders).send(page);
    }
    if (form.data.decision === 'deny') {
      transactions.delete(form.data.transaction);
      return reply.redirect(backToClient(asked, { error: 'access_denied' }));
    }
    const account = findAccount(context, idp, form.data);
    if (account === undefined) {
      const hinted = { ...asked, login_hint: form.data.login ?? '' };
      const page = renderLogin(idp, context, hinted, form.data.transaction, 'Wrong name or password.');
      return reply.code(401).headers(pageHeaders).send(page);
    }
    transactions.delete(form.data.transaction);
    const scope = splitScopes(asked.scope);
    const code = codes.issue({
      redirectUri: asked.redirect_uri,
      accountId: account.id,
      scope,
      offlineAccess: grantsRefreshToken(context, idp, asked, scope, account),
    });
    return reply.redirect(backToClient(asked, { code }));
  });
}

function findAccount(
  context: LocalTenantContext,
  idp: SampleIdp,
  form: z.infer<typeof Decision>,
): SampleAccount | undefined {
  return accountsOf(context, idp).find(
    (account) =>
      account.login === form.account || (account.login === form.login && account.password === form.password),
  );
}

function accountsOf(context: LocalTenantContext, idp: SampleIdp): SampleAccount[] {
  return context.database.state.sampleIdps.accounts.filter((account) => account.strategy === idp.strategy);
}

function splitScopes(scope: string): string[] {
  return [...new Set(scope.split(/[\s,]+/).filter((part) => part !== ''))];
}

/** Whether this request asked for a refresh token in this IdP's way, and whether it is one of the times it gives one. */
function grantsRefreshToken(
  context: LocalTenantContext,
  idp: SampleIdp,
  asked: AuthorizationRequest,
  scope: readonly string[],
  account: SampleAccount,
): boolean {
  if (idp.refresh === undefined) return false;
  const { parameters = {}, scope: needed } = idp.refresh.askedBy;
  const given = new Map<string, unknown>(Object.entries(asked));
  if (!Object.entries(parameters).every(([name, value]) => given.get(name) === value)) return false;
  if (needed !== undefined && !scope.includes(needed)) return false;
  if (!idp.refresh.onlyAtConsent || asked.prompt === 'consent') return true;
  return !context.database.state.sampleIdps.tokens.some(
    (token) =>
      token.strategy === idp.strategy && token.accountId === account.id && token.refreshToken !== undefined,
  );
}

function backToClient(asked: AuthorizationRequest, answer: Readonly<Record<string, string>>): string {
  const url = new URL(asked.redirect_uri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (asked.state !== undefined) url.searchParams.set('state', asked.state);
  return url.href;
}

function renderLogin(
  idp: SampleIdp,
  context: LocalTenantContext,
  asked: AuthorizationRequest,
  transaction: string,
  problem?: string,
): string {
  const hidden = `<input type="hidden" name="transaction" value="${escapeHtml(transaction)}">`;
  const scopes = splitScopes(asked.scope).map((scope) => `<li>${escapeHtml(scope)}</li>`);
  const hinted = (account: SampleAccount): boolean =>
    [account.login, account.email].includes(asked.login_hint ?? '');
  const accounts = accountsOf(context, idp).sort((a, b) => Number(hinted(b)) - Number(hinted(a)));
  const buttons = accounts.map(
    ({ login, name, email }) =>
      `<button name="account" value="${escapeHtml(login)}">${escapeHtml(name)} <small>${escapeHtml(email)}</small></button>`,
  );
  return renderPage({
    title: `Sign in to ${idp.displayName}`,
    content: `
${problem === undefined ? '' : `<p class="error" role="alert">${escapeHtml(problem)}</p>`}
<p>The tenant asks for:</p><ul>${scopes.join('')}</ul>
<form method="post">${hidden}${buttons.join('\n')}</form>
<form method="post">${hidden}
<label>Name <input name="login" autocomplete="username" value="${escapeHtml(asked.login_hint ?? '')}"></label>
<label>Password <input name="password" type="password" autocomplete="current-password"></label>
<div class="row"><button class="action" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button></div></form>
<small>A sample Identity Provider of this machine. Nothing typed here leaves it.</small>`,
  });
}
