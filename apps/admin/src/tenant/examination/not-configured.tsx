import { Code, List, Text } from '@mantine/core';
import { SectionCard } from '../../section-card.tsx';

/** What to set up so that the tenant can be examined here. */
export function NotConfigured() {
  return (
    <SectionCard title="Examination of the tenant">
      <Text size="sm">
        The relay can compare the tenant’s settings with what it needs, and say what to do. For this it wants
        a client of its own that may read them and nothing else:
      </Text>
      <List size="sm" type="ordered" spacing={6} pr="md">
        <List.Item>
          Say <Code>&quot;doctor&quot;: true</Code> in the tenant’s environment (
          <Code>tenant/environments</Code>), and deploy it: <Code>npm run tenant:deploy</Code>
        </List.Item>
        <List.Item>
          Set <Code>DOCTOR_CLIENT_ID</Code> and <Code>DOCTOR_CLIENT_SECRET</Code> of the relay to what the
          deployment says, and start it again.
        </List.Item>
      </List>
      <Text size="sm" c="dimmed">
        Until then, <Code>npm run tenant:doctor</Code> does the same where the tenant is deployed from.
      </Text>
    </SectionCard>
  );
}
