import { useAuth0 } from '@auth0/auth0-react';
import { ActionIcon } from '@mantine/core';
import { IconUserCircle } from '@tabler/icons-react';
import { CatchBoundary } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ComponentProps } from 'react';

// The menu is not needed to show a page, so it comes when it is opened for the first time.
const OpenedOperatorMenu = lazy(() => import('./opened-operator-menu.tsx'));

/** Who is signed in, and the way out: of the dashboard and of the tenant's session. */
export function OperatorMenu() {
  const { user } = useAuth0();
  const [wasOpened, setWasOpened] = useState(false);
  const name = user?.name ?? user?.email ?? 'Operator';
  const button: ComponentProps<typeof ActionIcon<'button'>> = {
    variant: 'subtle',
    size: 'lg',
    radius: 'xl',
    'aria-label': `Signed in as ${name}`,
    'aria-haspopup': 'dialog',
    children: <IconUserCircle size={26} stroke={1.6} aria-hidden />,
  };
  if (!wasOpened) return <ActionIcon {...button} onClick={() => setWasOpened(true)} />;
  return (
    <CatchBoundary
      getResetKey={() => 'menu'}
      // A newer version of the dashboard is there, most likely.
      errorComponent={() => <ActionIcon {...button} onClick={() => window.location.reload()} />}
    >
      <Suspense fallback={<ActionIcon {...button} />}>
        <OpenedOperatorMenu name={name} email={user?.email} target={<ActionIcon {...button} />} />
      </Suspense>
    </CatchBoundary>
  );
}
