import { useInterval } from '@mantine/hooks';
import { useState } from 'react';

/** Seconds that are left of a wait, from `seconds` down to 0. */
export function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useInterval(() => setLeft((before) => Math.max(0, before - 1)), 1000, { autoInvoke: true });
  return left;
}
