import { DeployError } from './deploy-error.ts';
import type { Environment } from './environment.ts';

/** The scopes that the Management API says it misses, in its own list; undefined where it names none. */
export function scopesNamedIn(text: string): string | undefined {
  return /expected any of: ?([\w:, ]+)/i.exec(text)?.[1]?.trim();
}

/** The tenant knows the deploy client, whose grant lacks something. @param scopes as people read them */
export function lackingScope(domain: string, scopes: string): DeployError {
  return new DeployError(
    'scope_missing',
    `The deploy client lacks a scope at ${domain}: grant it ${scopes} on the Management API.`,
  );
}

/** The tenant gives the deploy client no token. */
export function refusedClient({ domain, deploy_client: client }: Environment): DeployError {
  return new DeployError(
    'credentials_refused',
    `${domain} refused the deploy client. Check ${client.client_id_variable} and ${client.client_secret_variable}, and its grant on the Management API.`,
  );
}
