import { useAuth0 } from '@auth0/auth0-react';
import { Button, Code, Group, Text } from '@mantine/core';
import { useSignIn } from '../session/use-sign-in.ts';
import { useSettings } from '../settings/settings.ts';

/** What a signed-in user without the permission is told: what to ask for, and from whom. */
export function NotAllowed() {
  const { user } = useAuth0();
  const { tenant_origin: tenantOrigin, audience } = useSettings();
  const signIn = useSignIn();
  return (
    <>
      <Text>
        You are signed in as <b>{user?.email ?? user?.name ?? user?.sub}</b>, without the permission{' '}
        <Code>inspect:identities</Code> of the API <Code>{audience}</Code>.
      </Text>
      <Text>
        Ask an admin of the tenant <Code>{new URL(tenantOrigin).host}</Code> for the role{' '}
        <b>IdP Relay Operator</b> or <b>IdP Relay Auditor</b>. Once you have it, sign in again: permissions
        come with a new access token.
      </Text>
      <Group>
        <Button onClick={() => signIn({ prompt: 'login' })}>Sign in again</Button>
      </Group>
    </>
  );
}
