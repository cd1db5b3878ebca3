import { Anchor, Code, Group, Paper, Stack, Text } from '@mantine/core';
import type { Finding } from './examination-query.ts';

/** What is shown. */
export interface FindingItemProps {
  readonly finding: Finding;
  /** Colour of its severity. */
  readonly color: string;
}

/** One finding: what is wrong, with what, how that was seen, and what to do. */
export function FindingItem({ finding, color }: FindingItemProps) {
  const { code, subject, title, evidence, fix, documentation } = finding;
  return (
    <Paper
      component="li"
      withBorder
      p="sm"
      style={{ borderInlineStart: `4px solid var(--mantine-color-${color}-filled)` }}
    >
      <Stack gap={6}>
        <Group justify="space-between" gap="xs" align="start">
          <Text fw={600}>{title}</Text>
          <Code>{code}</Code>
        </Group>
        <Stack component="dl" gap={6} m={0}>
          <Line name="At">{subject}</Line>
          <Line name="Seen">{evidence}</Line>
          <Line name="Do">{fix}</Line>
        </Stack>
        {documentation !== undefined && (
          <Anchor href={documentation} target="_blank" rel="noreferrer" size="sm">
            Auth0’s documentation on this
          </Anchor>
        )}
      </Stack>
    </Paper>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: string }) {
  return (
    <Group gap="xs" wrap="nowrap" align="baseline">
      <Text component="dt" size="sm" c="dimmed" w={44} style={{ flexShrink: 0 }}>
        {name}
      </Text>
      <Text component="dd" size="sm" m={0} miw={0}>
        {children}
      </Text>
    </Group>
  );
}
