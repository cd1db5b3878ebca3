import { describeSeconds } from '../time/duration.ts';
import type { Connection } from './connections-query.ts';

/** How long tokens of a connection last, in people's words. */
export function describeLifetime(connection: Connection): string {
  const { access_token_expires: expires, access_token_lifetime_seconds: seconds } = connection;
  switch (expires) {
    case 'never':
      return 'No end';
    case 'unknown':
      return 'Not known';
    case 'always':
    case 'sometimes': {
      const lifetime =
        seconds === undefined ? 'Ends; how soon is not known' : capital(describeSeconds(seconds));
      return expires === 'sometimes' ? `${lifetime}, or no end` : lifetime;
    }
  }
}

const renewability: Readonly<Record<Connection['renewable'], string>> = {
  yes: 'Yes',
  conditional: 'On a condition',
  no: 'No',
  unknown: 'Not known',
};

/** Whether a refresh token can be had. */
export function describeRenewable(connection: Connection): string {
  const word = renewability[connection.renewable];
  return connection.renewable === 'conditional' && connection.renewable_condition !== undefined
    ? `On a condition: ${connection.renewable_condition}`
    : word;
}

/** Where calls may go. */
export function describeOrigins({ api_base_urls: urls, relayable }: Connection): string {
  if (relayable === 'no') return 'Cannot be relayed';
  return urls.length > 0 ? urls.join(', ') : 'To be configured';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
