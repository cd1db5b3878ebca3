import type { TenantExpectations } from './expectations.ts';
import { factSources } from './facts/fact-sources.ts';
import { hasFacts, readFacts, type ReadFacts } from './facts/read-facts.ts';
import type { FactName, TenantFacts } from './facts/tenant-facts.ts';
import type { TenantReader } from './facts/tenant-reader.ts';
import { severities, type Examination, type Finding, type NotMade, type Severity } from './finding.ts';
import type { Question } from './question.ts';

/** One place where something was found. */
export type Sighting = Pick<Finding, 'subject' | 'evidence' | 'fix'>;

/** One check as it is written down. */
interface CheckDefinition<Name extends FactName> {
  /** Stable. */
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong when it finds something. */
  readonly title: string;
  /** The facts that it rests on. */
  readonly needs: readonly Name[];
  /** Path below https://auth0.com/docs/. */
  readonly documentation?: string;
  /** What it compares with and the expectations lack, as a reason why it is not made; `undefined`: it can be made. */
  readonly lacks?: (expected: TenantExpectations) => string | undefined;
  /** Pure: the same facts give the same sightings. None: all is well. */
  readonly examine: (facts: Pick<TenantFacts, Name>, expected: TenantExpectations) => readonly Sighting[];
}

/** One check: a question to the tenant that has a code of its own. */
export interface Check {
  readonly code: string;
  readonly severity: Severity;
  readonly title: string;
  readonly needs: readonly FactName[];
  readonly documentation?: string;
  /** Why these expectations are not enough to make it; `undefined`: they are. */
  readonly lacks: (expected: TenantExpectations) => string | undefined;
  /** What it finds, or `undefined` when not all of its facts are known. */
  readonly run: (facts: ReadFacts, expected: TenantExpectations) => readonly Finding[] | undefined;
}

/** Makes a check that is run when its facts are known. */
export function defineCheck<const Name extends FactName>(definition: CheckDefinition<Name>): Check {
  const { code, severity, title, needs, examine, lacks = () => undefined } = definition;
  const documentation =
    definition.documentation === undefined
      ? {}
      : { documentation: `https://auth0.com/docs/${definition.documentation}` };
  return {
    code,
    severity,
    title,
    needs,
    ...documentation,
    lacks,
    run: ({ known }, expected) =>
      hasFacts(known, needs)
        ? examine(known, expected).map((sighting) => ({
            code,
            severity,
            title,
            ...sighting,
            ...documentation,
          }))
        : undefined,
  };
}

/** The scopes of the Management API that a check needs: of each inner list any one. */
export function neededScopes(check: Check): readonly (readonly string[])[] {
  return [...new Set(check.needs.map((name) => factSources[name].scopes))].filter(({ length }) => length > 0);
}

/**
 * Reads what these checks rest on, and makes them.
 * @throws the errors of the Management API, for everything but a scope that lacks
 */
export async function runChecks(
  tenant: TenantReader,
  question: Question,
  checks: readonly Check[],
): Promise<Examination> {
  const examinedAt = new Date(tenant.clock.now()).toISOString();
  const lacking = new Map(checks.map((check) => [check.code, check.lacks(question.expected)]));
  const possible = checks.filter(({ code }) => lacking.get(code) === undefined);
  const facts = await readFacts(tenant, question, new Set(possible.flatMap(({ needs }) => needs)));
  const findings: Finding[] = [];
  const passed: string[] = [];
  const notMade: NotMade[] = [];
  for (const check of checks) {
    const reason = lacking.get(check.code);
    if (reason !== undefined) {
      notMade.push({ check: check.code, reason });
      continue;
    }
    const found = check.run(facts, question.expected);
    if (found === undefined) notMade.push(explain(check, facts));
    else if (found.length === 0) passed.push(check.code);
    else findings.push(...found);
  }
  findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
  return { findings, passed, notMade, examinedAt };
}

function explain({ code, needs }: Check, { unknown }: ReadFacts): NotMade {
  const reasons = needs.flatMap((name) => unknown.get(name) ?? []);
  const missingScope = reasons.find((reason) => reason.missingScope !== undefined)?.missingScope;
  return {
    check: code,
    reason: [...new Set(reasons.map(({ message }) => message))].join('; '),
    ...(missingScope !== undefined && { missingScope }),
  };
}
