import { Button, EmptyState } from '@mantine/core';
import { IconReload } from '@tabler/icons-react';

/** A page whose code did not load, most likely since there is a newer version of it by now. */
export function PageFailed() {
  return (
    <EmptyState
      icon={<IconReload aria-hidden />}
      title="This page did not load"
      description="There may be a newer version of the dashboard, or the network has failed."
      role="alert"
    >
      <EmptyState.Actions>
        <Button onClick={() => window.location.reload()}>Load it again</Button>
      </EmptyState.Actions>
    </EmptyState>
  );
}
