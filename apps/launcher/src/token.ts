import { readFileSync } from 'node:fs';
import { parseArgs, parseEnv } from 'node:util';
import { sampleEmail, samplePassword, samplePeople, signIn, SignInError } from '@idp-relay/local-tenant';
import { localPaths } from './local-paths.ts';
import { requestAccessToken, signInByBrowser } from './browser-sign-in.ts';
import { PortOffsetError, readPortOffset } from './port-offset.ts';
import { signInWay } from './sign-in-way.ts';
import { TokenCommandError } from './token-command-error.ts';

const help = `Prints an access token of the relay's audience, from the local tenant.

  npm run -s token                      of Ada, who signs in through GitHub
  npm run -s token -- --as NAME         of another sample person (npm start lists them)
  npm run -s token -- --backend         of the sample backend, by client credentials
  npm run -s token -- --browser         of whoever signs in at the tenant's login page
  --port-offset N                       of the installation started with it
`;

try {
  const { values } = parseArgs({
    options: {
      as: { type: 'string', default: 'ada' },
      backend: { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      'port-offset': { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(help);
  else {
    const settings = readSettings(readPortOffset(values['port-offset']));
    const token = values.backend
      ? await ofBackend(settings)
      : values.browser
        ? await signInByBrowser(settings)
        : await ofPerson(settings, values.as);
    process.stdout.write(`${token}\n`);
  }
} catch (error) {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
}

function readSettings(portOffset: number): Record<string, string> {
  try {
    return Object.fromEntries(
      Object.entries(parseEnv(readFileSync(localPaths(portOffset).sampleSettings, 'utf8'))).map(
        ([name, value]) => [name, value ?? ''],
      ),
    );
  } catch {
    throw new TokenCommandError('Nothing is provisioned yet. Run npm start first, and keep it running.');
  }
}

async function ofPerson(settings: Record<string, string>, handle: string): Promise<string> {
  const person = samplePeople.find((candidate) => candidate.handle === handle);
  if (person === undefined) {
    throw new TokenCommandError(
      `There is no sample person "${handle}". There are: ${samplePeople.map((one) => one.handle).join(', ')}.`,
    );
  }
  const [primary] = person.identities;
  const way = signInWay(person);
  if (way === 'none') {
    throw new TokenCommandError(
      `${person.name} cannot sign in here: no sample IdP stands for the connection ${primary.connection}.`,
    );
  }
  const { access_token: token } = await signIn({
    origin: settings.TENANT_ORIGIN ?? '',
    clientId: settings.SAMPLE_PRODUCT_CLIENT_ID ?? '',
    redirectUri: settings.SAMPLE_PRODUCT_CALLBACK ?? '',
    audience: settings.RELAY_AUDIENCE ?? '',
    as:
      way === 'idp'
        ? { connection: primary.connection, login: person.handle }
        : { email: sampleEmail(person), password: samplePassword(person) },
  });
  return token;
}

async function ofBackend(settings: Record<string, string>): Promise<string> {
  return requestAccessToken(settings.TENANT_ORIGIN ?? '', {
    grant_type: 'client_credentials',
    client_id: settings.SAMPLE_BACKEND_CLIENT_ID ?? '',
    client_secret: settings.SAMPLE_BACKEND_CLIENT_SECRET ?? '',
    audience: settings.RELAY_AUDIENCE ?? '',
  });
}

function explain(error: unknown): string {
  if (error instanceof TokenCommandError || error instanceof PortOffsetError) return error.message;
  if (error instanceof SignInError) return `The sign-in was refused: ${error.message}`;
  if (error instanceof TypeError && error.message === 'fetch failed')
    return 'The local tenant does not answer. Is npm start running?';
  return error instanceof Error ? error.message : 'No token could be had.';
}
