import { Center, Loader } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemState } from '../states/problem-state.tsx';
import { Settings, SettingsContext } from './settings.ts';

/** Reads the settings once from the API that serves the dashboard. */
export function SettingsProvider({ children }: { readonly children: ReactNode }) {
  const settings = useQuery({
    queryKey: ['settings'],
    staleTime: Infinity,
    queryFn: async ({ signal }) => {
      const response = await fetch('/dashboard-settings.json', { signal });
      return Settings.parse(await response.json());
    },
  });
  if (settings.isPending) {
    return (
      <Center mih="100vh">
        <Loader aria-label="Loading" />
      </Center>
    );
  }
  if (settings.isError) {
    return <ProblemState error={settings.error} onRetry={() => void settings.refetch()} />;
  }
  return <SettingsContext value={settings.data}>{children}</SettingsContext>;
}
