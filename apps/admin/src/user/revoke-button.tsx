import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { RelayProblem } from '@idp-relay/client';
import { IconBan } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useRelayClient } from '../session/relay-client-context.ts';
import { tenantQuery } from '../tenant/tenant-query.ts';
import { BusyButton } from '../busy-button.tsx';
import { troubleOf } from '../states/problem.ts';
import { useRevocation, type RevokedAtIdp } from './use-revocation.ts';
import type { InspectedIdentity, InspectedUser } from './user-query.ts';

/** Whose token is revoked. */
export interface RevokeButtonProps {
  readonly user: InspectedUser;
  readonly identity: InspectedIdentity;
}

const outcomes: Readonly<Record<RevokedAtIdp, string>> = {
  revoked: 'The token is revoked, at the IdP too.',
  not_possible:
    'The relay does not use the token any more. At the IdP it lives on: there is no call that would revoke it there, or one ' +
    'that needs the connection’s client, which is not configured.',
  failed: 'The relay does not use the token any more. The IdP did not say that it revoked it, too.',
};

/** Takes a token out of use, after a question. Only for operators who may. */
export function RevokeButton({ user, identity }: RevokeButtonProps) {
  const tenant = useQuery(tenantQuery(useRelayClient()));
  const revocation = useRevocation(user.user_id, identity);
  const [isOpen, { open, close }] = useDisclosure(false);
  const closing = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // The button that was pressed is gone: the keyboard stays in the dialog.
    if (revocation.isSuccess) closing.current?.focus();
  }, [revocation.isSuccess]);
  const mayRevoke = tenant.data?.permissions.some(
    ({ name, held_by_you: isHeld }) => name === 'revoke:identities' && isHeld,
  );
  if (mayRevoke !== true) return null;
  const name = identity.display_name ?? identity.connection;
  return (
    <>
      {identity.verdict.reason !== 'revoked_by_operator' && (
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconBan size={14} aria-hidden />}
          onClick={() => {
            revocation.reset();
            open();
          }}
        >
          Revoke
        </Button>
      )}
      <Modal
        opened={isOpen}
        onClose={close}
        title={`Revoke the ${name} token?`}
        closeButtonProps={{ 'aria-label': 'Close the dialog' }}
        // The page has a header already, and a dialog's is not the page's.
        attributes={{ header: { role: 'presentation' } }}
        centered
      >
        <Stack>
          {revocation.isSuccess ? (
            <Text role="status">{outcomes[revocation.data]}</Text>
          ) : (
            <Text>
              Apps can then call {name} for {user.name ?? user.user_id} only after a new sign-in through{' '}
              {identity.connection}. This cannot be undone.
            </Text>
          )}
          {revocation.isError && (
            <Alert
              color="red"
              title={isUnanswered(revocation.error) ? 'No answer came' : 'The token was not revoked'}
              role="alert"
            >
              {describeFailure(revocation.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button ref={closing} variant="default" onClick={close} data-autofocus>
              {revocation.isSuccess ? 'Close' : 'Cancel'}
            </Button>
            {!revocation.isSuccess && (
              <BusyButton color="red" isBusy={revocation.isPending} onClick={() => revocation.mutate()}>
                Revoke the token
              </BusyButton>
            )}
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function isUnanswered(error: Error): boolean {
  return troubleOf(error) === 'unreachable';
}

function describeFailure(error: Error): string {
  if (isUnanswered(error)) return 'Whether the token was revoked is not known. Try again: it does no harm.';
  if (troubleOf(error) === 'not_allowed') return 'Your access token lacks the permission revoke:identities.';
  return error instanceof RelayProblem ? error.detail : error.message;
}
