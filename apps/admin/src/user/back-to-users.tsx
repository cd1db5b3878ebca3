import { Anchor, Group } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

/** The way back to the list. */
export function BackToUsers() {
  return (
    <Anchor size="sm" renderRoot={(props) => <Link to="/users" {...props} />}>
      <Group gap={4} component="span">
        <IconArrowLeft size={16} aria-hidden /> All users
      </Group>
    </Anchor>
  );
}
