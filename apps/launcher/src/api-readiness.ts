import { z } from 'zod';

const Readiness = z.object({
  checks: z.record(z.string(), z.object({ ok: z.boolean(), detail: z.string() })),
});

/**
 * Asks `/readyz` what the API lacks for its work, in words.
 * @returns undefined: nothing
 */
export async function askWhatIsLacking(origin: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`${origin}/readyz`);
    if (answer.ok) return undefined;
    const { checks } = Readiness.parse(await answer.json());
    return Object.entries(checks)
      .filter(([, { ok }]) => !ok)
      .map(([name, { detail }]) => `${name}: ${detail}`)
      .join('; ');
  } catch {
    return '/readyz does not answer';
  }
}
