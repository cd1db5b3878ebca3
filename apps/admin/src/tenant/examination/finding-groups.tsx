import { Badge, Stack, Title } from '@mantine/core';
import type { Finding } from './examination-query.ts';
import { FindingItem } from './finding-item.tsx';

const groups = [
  {
    severity: 'error',
    title: 'Errors',
    meaning: 'The relay does not work, or a token is at risk',
    color: 'red',
  },
  {
    severity: 'warning',
    title: 'Warnings',
    meaning: 'Some of it does not work, or will not for long',
    color: 'orange',
  },
  { severity: 'note', title: 'Notes', meaning: 'It works, and could be better', color: 'blue' },
] as const satisfies readonly {
  readonly severity: Finding['severity'];
  readonly title: string;
  readonly meaning: string;
  readonly color: string;
}[];

/** Findings by how much they weigh, the worst first. */
export function FindingGroups({ findings }: { readonly findings: readonly Finding[] }) {
  return groups.map(({ severity, title, meaning, color }) => {
    const found = findings.filter((finding) => finding.severity === severity);
    if (found.length === 0) return null;
    const heading = `findings-${severity}`;
    return (
      <Stack key={severity} gap="xs" component="section" aria-labelledby={heading}>
        <Title order={3} size="h5" id={heading}>
          <Badge color={color} variant="light" size="lg" tt="none" mr="xs">
            {title}
          </Badge>
          {meaning}
        </Title>
        <Stack component="ul" gap="xs" m={0} p={0} style={{ listStyle: 'none' }}>
          {found.map((finding) => (
            <FindingItem key={`${finding.code} ${finding.subject}`} finding={finding} color={color} />
          ))}
        </Stack>
      </Stack>
    );
  });
}
