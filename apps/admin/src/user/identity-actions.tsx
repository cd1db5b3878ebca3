import { Group } from '@mantine/core';
import { IconStethoscope } from '@tabler/icons-react';
import type { Connection } from '../connections/connections-query.ts';
import { BusyButton } from '../busy-button.tsx';
import { CopyButton } from '../copy-button.tsx';
import { curlLine } from './curl-line.ts';
import { RevokeButton } from './revoke-button.tsx';
import type { useCheck } from './use-check.ts';
import type { InspectedIdentity, InspectedUser } from './user-query.ts';

/** Which identity is acted on, and the check that is shared with the card. */
export interface IdentityActionsProps {
  readonly user: InspectedUser;
  readonly identity: InspectedIdentity;
  readonly connection: Connection | undefined;
  readonly check: ReturnType<typeof useCheck>;
}

/** What an operator can do about an identity. What makes no sense for it is not on offer. */
export function IdentityActions({ user, identity, connection, check }: IdentityActionsProps) {
  const isBeyondRelay = ['not_applicable', 'in_token_vault'].includes(identity.verdict.state);
  if (isBeyondRelay) return null;
  return (
    <Group gap="xs">
      <BusyButton
        size="compact-sm"
        leftSection={<IconStethoscope size={14} aria-hidden />}
        isBusy={check.isPending}
        onClick={() => check.mutate()}
      >
        Check now
      </BusyButton>
      {identity.sign_in_url !== undefined && <CopyButton value={identity.sign_in_url} label="sign-in link" />}
      <CopyButton
        value={curlLine(window.location.origin, user.user_id, identity, connection)}
        label="as curl"
      />
      {identity.verdict.state !== 'missing' && <RevokeButton user={user} identity={identity} />}
    </Group>
  );
}
