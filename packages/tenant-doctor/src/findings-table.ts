import { neededScopes, type Check } from './check.ts';
import { tenantCheckGroups, userChecks } from './checks/all-checks.ts';

/** The table of findings for the README, made from the checks. */
export function findingsTable(): string {
  const groups = { ...tenantCheckGroups, 'One user': userChecks };
  return Object.entries(groups)
    .map(([subject, checks]) =>
      [
        `### ${subject}`,
        '',
        '| code | weight | what is wrong | scopes |',
        '| --- | --- | --- | --- |',
        ...checks.map(row),
      ].join('\n'),
    )
    .join('\n\n');
}

function row(check: Check): string {
  const scopes = neededScopes(check).map((anyOf) => anyOf.map((scope) => `\`${scope}\``).join(' or '));
  const needed = check.needs.includes('configuration') ? [...scopes, 'the operators’ file'] : scopes;
  return `| \`${check.code}\` | ${check.severity} | ${check.title} | ${[...new Set(needed)].join(', ') || 'none'} |`;
}
