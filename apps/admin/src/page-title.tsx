import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useEffect, useRef } from 'react';

/** The page that the browser has loaded: it begins at its top, as any does. */
let isFirst = true;

/** The heading of a page, which names the browser's tab too. */
export function PageTitle({ children }: { readonly children: string }) {
  useDocumentTitle(`${children} · idp-relay`);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever came by a link that went with its page begins at the new page's heading, and hears it read.
    if (!isFirst && document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <Title order={1} size="h2" ref={heading} tabIndex={-1}>
      {children}
    </Title>
  );
}
