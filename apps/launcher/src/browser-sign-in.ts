import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { z } from 'zod';
import { TokenCommandError } from './token-command-error.ts';

const TokenAnswer = z.object({ access_token: z.string() });

type SampleSettings = Readonly<Record<string, string>>;

/**
 * Signs in by the tenant's login page: prints its address on standard error, and waits on loopback for the code, as
 * native apps do (RFC 8252 section 7.3). Gives the access token.
 * @throws {TokenCommandError} when the callback's port is taken, or the sign-in is refused
 */
export async function signInByBrowser(settings: SampleSettings): Promise<string> {
  const callback = new URL(settings.SAMPLE_PRODUCT_CALLBACK ?? '');
  const verifier = randomBytes(32).toString('base64url');
  const state = randomBytes(16).toString('base64url');
  const code = Promise.withResolvers<string>();
  const server = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', callback);
    if (url.pathname !== callback.pathname || url.searchParams.get('state') !== state)
      return void reply.writeHead(404).end();
    reply
      .writeHead(200, { 'content-type': 'text/plain; charset=utf-8' })
      .end('Signed in. Back to the terminal.');
    const received = url.searchParams.get('code');
    if (received === null)
      code.reject(
        new TokenCommandError(url.searchParams.get('error_description') ?? 'The sign-in was refused.'),
      );
    else code.resolve(received);
  });
  await listen(server, Number(callback.port));
  process.stderr.write(`Open in your browser:\n${authorizationUrl(settings, verifier, state)}\n`);
  try {
    return await requestAccessToken(settings.TENANT_ORIGIN ?? '', {
      grant_type: 'authorization_code',
      client_id: settings.SAMPLE_PRODUCT_CLIENT_ID ?? '',
      redirect_uri: callback.href,
      code: await code.promise,
      code_verifier: verifier,
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** Asks the tenant's token endpoint, and gives the access token. @throws Error when there is none */
export async function requestAccessToken(
  tenantOrigin: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const response = await fetch(`${tenantOrigin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  const answer = TokenAnswer.safeParse(await response.json());
  if (!answer.success) throw new Error(`The tenant gave no token (status ${response.status}).`);
  return answer.data.access_token;
}

/** Where a person signs in: the tenant's login page, by authorization code with PKCE. */
function authorizationUrl(settings: SampleSettings, verifier: string, state: string): string {
  const url = new URL(`${settings.TENANT_ORIGIN ?? ''}/authorize`);
  const parameters = {
    response_type: 'code',
    client_id: settings.SAMPLE_PRODUCT_CLIENT_ID ?? '',
    redirect_uri: settings.SAMPLE_PRODUCT_CALLBACK ?? '',
    audience: settings.RELAY_AUDIENCE ?? '',
    scope: 'openid profile email',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  };
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    throw new TokenCommandError(
      `Port ${port}, where the browser comes back to, is taken: by another program, or by another sign-in that waits.`,
    );
  }
}
