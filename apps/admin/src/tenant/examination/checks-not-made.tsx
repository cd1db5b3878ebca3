import { Code, List, Text } from '@mantine/core';
import type { Examination } from './examination-query.ts';

type NotMade = Examination['not_made'];

/** Checks that could not be made, by what stood in the way. Closed until somebody wants to know. */
export function ChecksNotMade({ notMade }: { readonly notMade: NotMade }) {
  if (notMade.length === 0) return null;
  return (
    <Text component="details" size="sm">
      <summary style={{ cursor: 'pointer' }}>
        {notMade.length === 1 ? '1 check was not made' : `${notMade.length} checks were not made`}
      </summary>
      <List size="sm" spacing="xs" mt="xs" pr="md">
        {byReason(notMade).map(({ reason, missingScope, checks }) => (
          <List.Item key={reason}>
            {missingScope === undefined ? (
              `${reason}: `
            ) : (
              <>
                The grant of the client DOCTOR_CLIENT_ID lacks <Code>{missingScope}</Code>. Deploy the tenant
                again, or add it:{' '}
              </>
            )}
            {checks.map((check) => (
              <Code key={check} mr={4} display="inline-block">
                {check}
              </Code>
            ))}
          </List.Item>
        ))}
      </List>
    </Text>
  );
}

interface Obstacle {
  readonly reason: string;
  readonly missingScope: string | undefined;
  readonly checks: readonly string[];
}

function byReason(notMade: NotMade): readonly Obstacle[] {
  const reasons = new Set(notMade.map(({ reason }) => reason));
  return [...reasons].map((reason) => {
    const same = notMade.filter((one) => one.reason === reason);
    return { reason, missingScope: same[0]?.missing_scope, checks: same.map(({ check }) => check) };
  });
}
