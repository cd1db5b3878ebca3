import type { IdpFetch } from '@idp-relay/client';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { Item, Service } from './services.ts';
import { TroubleNote } from './trouble-note.tsx';
import { IdpRefusal, troubleOf, type Trouble } from './trouble.ts';

/** What a panel shows, and by what it asks. */
export interface ServicePanelProps {
  readonly service: Service;
  readonly idpFetch: IdpFetch;
}

/** What a service has of the signed-in user: still loading, nothing, a list, or why there is none. */
export function ServicePanel({ service, idpFetch }: ServicePanelProps) {
  const headingId = useId();
  const [identity, setIdentity] = useState<string>();
  const { data, isFetching, refetch } = useQuery({
    queryKey: [service.connection, identity],
    // A trouble is a result too: it stays on the screen, and its button keeps the focus, until the next one is there.
    queryFn: async (): Promise<Result> => {
      try {
        return { items: await load(service, idpFetch, identity) };
      } catch (error) {
        return { trouble: troubleOf(error, service) };
      }
    },
  });
  return (
    <section aria-labelledby={headingId} aria-busy={isFetching}>
      <h2 id={headingId}>
        {service.heading} <small>{service.name}</small>
      </h2>
      {/* Always there, so that screen readers hear it change. */}
      <p role="status">{isFetching && `Asking ${service.name} …`}</p>
      {data?.items && <Items items={data.items} nothing={service.nothing} />}
      {data?.trouble && (
        <TroubleNote
          service={service}
          trouble={data.trouble}
          onChoose={setIdentity}
          onTryAgain={() => void refetch()}
        />
      )}
    </section>
  );
}

type Result =
  | { readonly items: readonly Item[]; readonly trouble?: never }
  | { readonly trouble: Trouble; readonly items?: never };

async function load(
  service: Service,
  idpFetch: IdpFetch,
  identity: string | undefined,
): Promise<readonly Item[]> {
  const response = await idpFetch(service.connection, service.path, {
    ...(identity !== undefined && { identity }),
  });
  // The relay's own refusals are thrown already; what is here is the IdP's answer, good or bad.
  if (!response.ok) throw new IdpRefusal(response.status);
  return service.read(await response.json());
}

function Items({ items, nothing }: { readonly items: readonly Item[]; readonly nothing: string }) {
  if (items.length === 0) return <p>{nothing}</p>;
  return (
    <ul>
      {items.map(({ id, title, note }) => (
        <li key={id}>
          {title} {note !== '' && <small>{note}</small>}
        </li>
      ))}
    </ul>
  );
}
