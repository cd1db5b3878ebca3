import { ManagementCredentialsRefusedError } from '@idp-relay/idp-tokens';
import { severities } from '@idp-relay/tenant-doctor';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { Problem } from '../problems/problem.ts';
import type { KeptExamination, TenantDoctor } from './tenant-doctor.ts';

/** What the route of the examination works with. */
export interface DoctorRoutesOptions {
  /** Left out: the tenant is not examined. */
  readonly doctor?: TenantDoctor;
}

const TenantExamination = z
  .object({
    examined_at: z.iso.datetime(),
    kept_until: z.iso.datetime().describe('Until then the same examination is answered'),
    counts: z.object({
      errors: z.number(),
      warnings: z.number(),
      notes: z.number(),
      passed: z.number().describe('Checks that found nothing'),
      not_made: z.number(),
    }),
    findings: z
      .array(
        z.object({
          code: z.string().describe('Stable; see packages/tenant-doctor for all of them'),
          severity: z.enum(severities),
          subject: z.string().describe('What it is about: the name of a client, a connection, a role …'),
          title: z.string(),
          evidence: z.string().describe('What was seen, in one line'),
          fix: z.string().describe('What to do'),
          documentation: z.url().optional(),
        }),
      )
      .describe('The worst first'),
    not_made: z.array(
      z.object({
        check: z.string(),
        reason: z.string(),
        missing_scope: z
          .string()
          .optional()
          .describe('Scope of the Management API that the client lacks, where that is why'),
      }),
    ),
  })
  .meta({ id: 'TenantExamination' });

/** The route for operators that compares the tenant with what the relay needs. */
export const doctorRoutes: FastifyPluginAsyncZod<DoctorRoutesOptions> = async (app, { doctor }) => {
  app.get(
    '/v1/tenant/doctor',
    {
      config: { access: { caller: 'any', permission: 'inspect:identities' } },
      schema: {
        summary: 'What in the tenant is not as the relay needs it, and what to do',
        tags: ['operators'],
        response: { 200: TenantExamination },
      },
    },
    async () => {
      if (doctor === undefined)
        throw new Problem(
          'doctor_not_configured',
          'The relay has no client to examine the tenant with. Say "doctor": true in the tenant’s environment, deploy, and set DOCTOR_CLIENT_ID and DOCTOR_CLIENT_SECRET of the relay; or run npm run tenant:doctor.',
        );
      try {
        return toDocument(await doctor.examine());
      } catch (error) {
        if (!(error instanceof ManagementCredentialsRefusedError)) throw error;
        throw new Problem(
          error.code,
          'Auth0 refused the client that examines the tenant. Check DOCTOR_CLIENT_ID and DOCTOR_CLIENT_SECRET of the relay, and that the client has a grant on the Management API.',
        );
      }
    },
  );
};

function toDocument({
  examinedAt,
  keptUntil,
  findings,
  passed,
  notMade,
}: KeptExamination): z.input<typeof TenantExamination> {
  const count = (severity: (typeof severities)[number]): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    examined_at: examinedAt,
    kept_until: new Date(keptUntil).toISOString(),
    counts: {
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
      passed: passed.length,
      not_made: notMade.length,
    },
    findings: findings.map((finding) => ({ ...finding })),
    not_made: notMade.map(({ check, reason, missingScope }) => ({
      check,
      reason,
      ...(missingScope !== undefined && { missing_scope: missingScope }),
    })),
  };
}
