import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** A name and what is to be said under it. */
export interface Fact {
  readonly name: string;
  readonly value: ReactNode;
}

/** Facts side by side, as a description list; one below the other where the window is narrow. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <SimpleGrid component="dl" cols={{ base: 1, xs: 2, md: 3 }} spacing="sm" verticalSpacing="sm" m={0}>
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
