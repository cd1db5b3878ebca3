import { Button, Group, Text } from '@mantine/core';
import { useSignIn } from '../session/use-sign-in.ts';

/** What to do once the session at the tenant is over. */
export function SignInAgain() {
  const signIn = useSignIn();
  return (
    <>
      <Text>The tenant gives no new access token. Sign in, and you are back on this page.</Text>
      <Group>
        <Button onClick={() => signIn()}>Sign in again</Button>
      </Group>
    </>
  );
}
