import { useAuth0 } from '@auth0/auth0-react';
import { Alert, Button, Center, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useSignIn } from './use-sign-in.ts';

/** Shows what is below to signed-in operators, and a way to sign in to everybody else. */
export function SignedInOnly({ children }: { readonly children: ReactNode }) {
  const { isLoading, isAuthenticated, error } = useAuth0();
  const signIn = useSignIn();
  if (isLoading) {
    return (
      <Center mih="100vh">
        <Loader aria-label="Looking for your session" />
      </Center>
    );
  }
  if (isAuthenticated) return children;
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" maw={420} w="100%">
        <Stack>
          <Title order={1} size="h2">
            idp-relay
          </Title>
          <Text>
            See which of your users’ identities can be called, which cannot, and what to do about it.
          </Text>
          {error !== undefined && (
            <Alert color="red" title="The sign-in was refused" role="alert">
              {error.message}
            </Alert>
          )}
          <Button leftSection={<IconLogin2 size={18} aria-hidden />} onClick={() => signIn()}>
            Sign in
          </Button>
          {error !== undefined && (
            <Button variant="default" onClick={() => signIn({ prompt: 'login' })}>
              Sign in as somebody else
            </Button>
          )}
        </Stack>
      </Paper>
    </Center>
  );
}
