import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ConfigError } from '../config.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';

/** What the dashboard is served with. */
export interface DashboardRoutesOptions {
  /** Folder with the files that Vite built. */
  readonly folder: string;
  /** Client id of the single-page app. */
  readonly clientId: string;
  /** Origin of the tenant, as browsers reach it. */
  readonly tenantOrigin: string;
  /** The relay's audience. */
  readonly audience: string;
}

/** The dashboard's own addresses: each is the same page, which then shows what its address says. */
const pages = ['/', '/users', '/users/:user_id', '/connections', '/tenant'];

/** Stands in index.html where the nonce of each answer goes. */
const noncePlaceholder = '__CSP_NONCE__';

/** Files that Vite named after their content never change under their name. */
const assetCaching = 'public, max-age=31536000, immutable';

/**
 * Serves the built dashboard, with a policy that lets in nothing from elsewhere.
 * @throws ConfigError where the folder holds no built dashboard
 */
export const dashboardRoutes: FastifyPluginAsyncZod<DashboardRoutesOptions> = async (app, options) => {
  const folder = resolve(options.folder);
  const index = readBuilt(join(folder, 'index.html'));
  const signedIn = readBuilt(join(folder, 'signed-in.html'));
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false });

  const hidden = { config: { access: 'public' }, schema: { hide: true } } as const;
  const sendPage = (reply: FastifyReply, html: string): FastifyReply => {
    const nonce = randomBytes(16).toString('base64');
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': contentSecurityPolicy(options.tenantOrigin, nonce),
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'permissions-policy': 'camera=(), geolocation=(), microphone=()',
      })
      .send(html.replaceAll(noncePlaceholder, nonce));
  };

  for (const page of pages) app.get(page, hidden, (_request, reply) => sendPage(reply, index));
  // Whoever types an address into a browser gets a page, which says that there is none and leads back.
  app.get('/*', hidden, (request, reply) =>
    isForPeople(request) ? sendPage(reply.code(404), index) : reply.callNotFound(),
  );
  // Where sign-in links may end: a page that says so, and leaves the code alone.
  app.get('/signed-in', hidden, (_request, reply) => sendPage(reply, signedIn));
  app.get('/favicon.svg', hidden, (_request, reply) => reply.sendFile('favicon.svg'));
  app.get(
    '/assets/:file',
    { ...hidden, schema: { hide: true, params: z.object({ file: z.string().regex(/^[\w.-]+$/) }) } },
    (request, reply) =>
      reply.header('cache-control', assetCaching).sendFile(join('assets', request.params.file)),
  );
  app.get('/dashboard-settings.json', hidden, () => ({
    tenant_origin: options.tenantOrigin,
    client_id: options.clientId,
    audience: options.audience,
  }));
};

function isForPeople({ url, headers: { accept = '' } }: FastifyRequest): boolean {
  return accept.includes('text/html') && !url.startsWith('/v1/');
}

function readBuilt(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new ConfigError([
      `DASHBOARD_FOLDER has no built dashboard (${file} cannot be read). Build it: pnpm --filter @idp-relay/admin build`,
    ]);
  }
}
