import type { CatalogueEntry } from '@idp-relay/idp-catalogue';
import type { Sighting } from '../check.ts';
import type { ExaminedConnection, TenantFacts } from '../facts/tenant-facts.ts';

/** What was seen of one connection, which is the subject. */
export type ConnectionSighting = Omit<Sighting, 'subject'> | undefined;

/** What each of the connections gives reason for, by a look that may use the other facts of the check. */
export const ofConnections =
  <Facts extends Pick<TenantFacts, 'connections'>>(
    look: (connection: ExaminedConnection, facts: Facts) => ConnectionSighting,
  ) =>
  (facts: Facts): readonly Sighting[] =>
    facts.connections.flatMap((connection) => {
      const seen = look(connection, facts);
      return seen === undefined ? [] : { subject: connection.name, ...seen };
    });

/** As {@link ofConnections}, of connections that the catalogue describes and that give OAuth tokens. */
export const ofTokenConnections = <Facts extends Pick<TenantFacts, 'connections'>>(
  look: (
    connection: ExaminedConnection & { readonly entry: CatalogueEntry },
    facts: Facts,
  ) => ConnectionSighting,
) =>
  ofConnections<Facts>(({ entry, ...connection }, facts) =>
    entry === undefined || entry.issuesToken === 'never' || entry.kind === 'database'
      ? undefined
      : look({ ...connection, entry }, facts),
  );

/** A place in Auth0's dashboard. */
export const connectionPage = ({ name, entry }: ExaminedConnection): string =>
  `Authentication → ${entry?.kind === 'enterprise' ? 'Enterprise' : 'Social'} → ${name}`;
