import { Badge, Tooltip } from '@mantine/core';
import { verdictWords, type VerdictState } from './verdict-words.ts';

/** What a badge says. */
export interface VerdictBadgeProps {
  readonly state: VerdictState;
  /** Put in front of the state, such as the name of the IdP. */
  readonly of?: string;
}

/** A state as a badge; what it means, on hover. */
export function VerdictBadge({ state, of }: VerdictBadgeProps) {
  const { label, meaning, color } = verdictWords[state];
  return (
    <Tooltip label={meaning} multiline maw={300}>
      <Badge color={color} variant="light" tt="none" fw={600} radius="sm" size="lg">
        {of === undefined ? label : `${of} · ${label}`}
      </Badge>
    </Tooltip>
  );
}
