import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../src/check.ts';
import { examineTenant, type Examination, type Finding, type TenantExpectations } from '../src/index.ts';
import { startHealthyTenant, type HealthyTenant } from './healthy-tenant.ts';

/** What the next examination is made with, where it is not what a healthy tenant's is. */
export interface Changed {
  readonly expected?: Partial<TenantExpectations>;
  /** This machine's clock is ahead by so much. Milliseconds. */
  readonly offsetMs?: number;
}

/** A way in which a tenant stops being as the relay needs it. */
export interface Breakage {
  readonly code: string;
  /** What tells this row from others of the code. */
  readonly when?: string;
  readonly subject?: string;
  readonly evidence: string;
  /** Part of what is to be done. */
  readonly fix: string;
  readonly break: (healthy: HealthyTenant) => Promise<Changed | undefined> | Changed | undefined;
  /** What the finding says is to be done. */
  readonly mend: (healthy: HealthyTenant) => Promise<Changed | undefined> | Changed | undefined;
  /** Puts back what neither of the two does. */
  readonly restore?: (healthy: HealthyTenant) => Promise<unknown>;
}

/**
 * For each row: breaks a healthy tenant, sees the finding, does what it says, and sees it gone. Every one of the checks
 * must have a row.
 */
export function testFindings(checks: readonly Check[], breakages: readonly Breakage[]): void {
  let healthy: HealthyTenant;
  beforeAll(async () => {
    healthy = await startHealthyTenant();
  });
  afterAll(() => healthy.tenant.close());
  const examine = ({ expected, offsetMs = 0 }: Changed = {}): Promise<Examination> =>
    examineTenant(healthy.reader({ offsetMs }), { ...healthy.expected, ...expected });

  it('every check has a row', () => {
    expect(new Set(breakages.map(({ code }) => code))).toEqual(new Set(checks.map(({ code }) => code)));
  });

  describe.each(breakages)('$code $when', (breakage) => {
    it('is found, and gone once what it says is done', async () => {
      const check = checks.find(({ code }) => code === breakage.code);
      const broken = await examine(await breakage.break(healthy));
      const found = broken.findings.filter(({ code }) => code === breakage.code);
      expect(found[0]).toEqual({
        code: breakage.code,
        severity: check?.severity,
        title: check?.title,
        subject: breakage.subject ?? expect.any(String),
        evidence: expect.stringContaining(breakage.evidence) as unknown,
        fix: expect.stringContaining(breakage.fix) as unknown,
        ...(check?.documentation !== undefined && { documentation: check.documentation }),
      } satisfies Record<keyof Omit<Finding, 'documentation'>, unknown>);
      const mended = await examine(await breakage.mend(healthy));
      expect(mended.passed).toContain(breakage.code);
      await breakage.restore?.(healthy);
      expect((await examine()).findings).toEqual([]);
    });
  });
}
