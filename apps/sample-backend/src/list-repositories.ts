import { createIdpFetch } from '@idp-relay/client';
import { createAccessTokenSource } from './access-token.ts';
import { exitCodes, explainFailure } from './explain-failure.ts';
import { listRepositories, type Repository } from './repositories.ts';
import { readSettings } from './settings.ts';

const [userId, identity] = process.argv.slice(2);
if (userId === undefined) {
  process.stderr.write("Usage: node src/list-repositories.ts '<user_id>' [<IdP user id>]\n");
  process.exit(exitCodes.usage);
}

try {
  const settings = readSettings(process.env);
  const idp = createIdpFetch({
    origin: settings.RELAY_ORIGIN,
    getAccessToken: createAccessTokenSource({
      tenantOrigin: settings.TENANT_ORIGIN,
      clientId: settings.SAMPLE_BACKEND_CLIENT_ID,
      clientSecret: settings.SAMPLE_BACKEND_CLIENT_SECRET,
      audience: settings.RELAY_AUDIENCE,
    }),
  });
  const repositories = await Array.fromAsync(listRepositories(idp, userId, identity));
  process.stdout.write(toTable(repositories));
} catch (error) {
  const { text, exitCode } = explainFailure(error);
  process.stderr.write(`${text}\n`);
  process.exitCode = exitCode;
}

function toTable(repositories: readonly Repository[]): string {
  if (repositories.length === 0) return 'No repositories.\n';
  const header = { name: 'REPOSITORY', access: 'VISIBILITY' };
  const rows = repositories.map((repository) => ({
    name: repository.full_name,
    access: repository.private ? 'private' : 'public',
  }));
  const width = Math.max(...[header, ...rows].map(({ name }) => name.length));
  return [header, ...rows].map(({ name, access }) => `${name.padEnd(width)}  ${access}\n`).join('');
}
