import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A name and what is to be said under it. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** What is said, and in how many columns at most. */
export interface FactsProps {
  readonly facts: readonly Fact[];
  /** Three where there is a whole page's width. */
  readonly columns?: 2 | 3;
}

/** Facts side by side, as a description list; one below the other where the window is narrow. */
export function Facts({ facts, columns = 3 }: FactsProps) {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: columns }} spacing="sm" verticalSpacing="sm" m={0}>
      {facts.map(({ name, value }) => (
        <div key={name}>
          <Text component="dt" size="sm" c="dimmed">
            {name}
          </Text>
          <Text component="dd" size="sm" m={0}>
            {value}
          </Text>
        </div>
      ))}
    </SimpleGrid>
  );
}
