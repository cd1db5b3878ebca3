import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';

/** The heading of a page, which names the browser's tab too. */
export function PageTitle({ children }: { readonly children: string }) {
  useDocumentTitle(`${children} · idp-relay`);
  return (
    <Title order={1} size="h2">
      {children}
    </Title>
  );
}
