import { useAuth0 } from '@auth0/auth0-react';
import { Alert, Button, Center, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { IconLogin2 } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useSignIn } from './use-sign-in.ts';

/** Shows what is below to signed-in operators, and a way to sign in to everybody else. */
export function SignedInOnly({ children }: { readonly children: ReactNode }) {
  const { isLoading, isAuthenticated, error } = useAuth0();
  const [wasSignedIn, setWasSignedIn] = useState(false);
  if (isAuthenticated && !wasSignedIn) setWasSignedIn(true);
  const isStale = isOfAnEarlierSignIn(error);
  useEffect(() => {
    // The session that came of it is there, most likely: a page without the answer in its address asks for it.
    if (isStale) window.location.replace(`/?${lost}`);
  }, [isStale]);
  if (isAuthenticated) return children;
  if (isLoading || isStale) {
    return (
      <Center mih="100vh">
        <Loader aria-label="Looking for your session" />
      </Center>
    );
  }
  return wasSignedIn ? <SessionEnded /> : <SignIn error={error} />;
}

/** True for the answer to a sign-in that is over: the browser's Back leads to it. */
function isOfAnEarlierSignIn(error: Error | undefined): boolean {
  return error !== undefined && 'error' in error && error.error === 'missing_transaction';
}

/** In the address: the answer to a sign-in came, and what it began with was gone. */
const lost = 'sign-in-lost';

function SignIn({ error }: { readonly error: Error | undefined }) {
  const signIn = useSignIn();
  return (
    <Entrance title="idp-relay">
      <Text>See which of your users’ identities can be called, which cannot, and what to do about it.</Text>
      {error !== undefined && (
        <Alert color="red" title="The sign-in was refused" role="alert">
          {error.message}
        </Alert>
      )}
      {new URLSearchParams(window.location.search).has(lost) && (
        <Alert color="yellow" title="The last sign-in did not come to its end" role="alert">
          Sign in again. If this goes on, the browser does not keep what a sign-in needs: let this site store
          data.
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
    </Entrance>
  );
}

/** The tenant gave no new access token, so that the library took the session for over. */
function SessionEnded() {
  const signIn = useSignIn();
  return (
    <Entrance title="Your session has ended">
      <Text>The tenant gives no new access token. Sign in, and you are back on this page.</Text>
      <Button leftSection={<IconLogin2 size={18} aria-hidden />} onClick={() => signIn()}>
        Sign in again
      </Button>
    </Entrance>
  );
}

function Entrance({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" maw={420} w="100%">
        <Stack>
          <Title order={1} size="h2">
            {title}
          </Title>
          {children}
        </Stack>
      </Paper>
    </Center>
  );
}
