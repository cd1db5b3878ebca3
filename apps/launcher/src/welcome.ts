import { sampleEmail, samplePassword, samplePeople, sampleUserId } from '@idp-relay/local-tenant';
import type { Installation } from './installation.ts';
import { projectFolder } from './local-paths.ts';
import { signInWay, type SignInWay } from './sign-in-way.ts';

/** A command line of the welcome that can be pasted into any shell, in any folder. */
export interface PastedLine {
  readonly title: string;
  readonly line: string;
}

/** The three curl lines: my identities; an IdP as a user; the same as a backend. */
export function curlLines(origin: string, portOffset: number): readonly PastedLine[] {
  const offset = portOffset === 0 ? '' : ` --port-offset ${portOffset}`;
  const token = (options: string): string => {
    const all = `${options}${offset}`.trim();
    return `$(npm --prefix '${projectFolder}' run -s token${all === '' ? '' : ` -- ${all}`})`;
  };
  const user = encodeURIComponent(adaId());
  return [
    {
      title: 'My identities',
      line: `curl -H "Authorization: Bearer ${token('')}" ${origin}/v1/me/identities`,
    },
    {
      title: 'GitHub, as the user who signed in',
      line: `curl -H "Authorization: Bearer ${token('')}" ${origin}/v1/me/idp/github/user/repos`,
    },
    {
      title: 'The same, as a backend with client credentials',
      line: `curl -H "Authorization: Bearer ${token('--backend')}" ${origin}/v1/users/${user}/idp/github/user/repos`,
    },
  ];
}

/** What `npm start` prints once everything runs. */
export function welcome(installation: Installation, portOffset: number): string {
  const { tenant, api, paths } = installation;
  const { origins } = tenant;
  const operator = { handle: 'operator' };
  const anybody = { handle: 'NAME' };
  return `
idp-relay is ready.

  Dashboard         ${api.origin}
                    as ${sampleEmail(operator)} / ${samplePassword(operator)}
  API               ${api.origin}          /openapi.json, /readyz, /problems
  Metrics           ${api.metricsOrigin}/metrics
  Local tenant      ${origins.tenantHttps}    and, for browsers, ${origins.tenantHttp}
  Sample IdPs       ${origins.idpsHttps}
  Tenant's controls ${tenant.controlOrigin}
  Logs              ${paths.apiLog}

Sign in
  By command:
    npm run -s token -- --as ada             an access token for Ada, who signs in through GitHub
    npm run -s token -- --browser            the same through the tenant's login page, in your browser

  Through the sample IdP of their first identity:
${people('idp')}
  With e-mail address and password, ${sampleEmail(anybody)} and ${samplePassword(anybody)}:
${people('password')}
  Nobody signs these in, since no sample IdP stands for their connection; operators and backends see them:
${people('none')}

Try it, in another terminal
${curlLines(api.origin, portOffset)
  .map(({ title, line }) => `  # ${title}\n  ${line}`)
  .join('\n')}

Ctrl-C stops all of it.
`;
}

function people(way: SignInWay): string {
  return samplePeople
    .filter((person) => signInWay(person) === way)
    .map(({ handle, shows }) => `    ${handle.padEnd(10)} ${shows}`)
    .join('\n');
}

function adaId(): string {
  const ada = samplePeople.find(({ handle }) => handle === 'ada');
  if (ada === undefined) throw new Error('Ada is one of the sample people.');
  return sampleUserId(ada);
}
