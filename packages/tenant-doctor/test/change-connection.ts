import { connectionOptions, type HealthyTenant } from './healthy-tenant.ts';
import type { Changed } from './test-findings.ts';

/** Puts options of a connection of the tests in the place of what they are; without any it is as it was. */
export const options =
  (name: string, changed: Readonly<Record<string, unknown>> = {}) =>
  async ({ api, ids }: HealthyTenant): Promise<undefined> => {
    const kept = Object.entries({ ...connectionOptions[name], ...changed }).filter(
      ([, value]) => value !== undefined,
    );
    await api('PATCH', `/connections/${ids.connections[name] ?? ''}`, { options: Object.fromEntries(kept) });
    return undefined;
  };

/** The operators' file with a part of its text replaced. */
export const file =
  (part: string, by: string) =>
  ({ configuration }: HealthyTenant): Changed => ({
    expected: { configuration: configuration((text) => replaceOnce(text, part, by)) },
  });

function replaceOnce(text: string, part: string, by: string): string {
  if (!text.includes(part)) throw new Error(`the operators' file of the tests has no ${part}`);
  return text.replace(part, by);
}
