import { Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** Path of the page that the browser has loaded, until that page is left: it begins at its top, as any does. */
let entrance: string | undefined;

/** The heading of a page, which names the browser's tab too. */
export function PageTitle({ children }: { readonly children: string }) {
  useDocumentTitle(`${children} · idp-relay`);
  const { pathname } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    entrance ??= pathname;
    if (entrance === pathname) return;
    entrance = '';
    // Whoever came by a link that went with its page begins at the new page's heading, and hears it read.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [pathname]);
  return (
    <Title order={1} size="h2" ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
      {children}
    </Title>
  );
}
