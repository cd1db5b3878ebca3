import { defineCheck, type Sighting } from '../check.ts';
import type { TenantExpectations } from '../expectations.ts';
import type { ActionFacts } from '../facts/action-facts.ts';
import type { FactName, TenantFacts } from '../facts/tenant-facts.ts';
import { listed, named, without } from '../named.ts';

const versionsPage = 'customize/actions/manage-versions';
type Expected = NonNullable<TenantExpectations['action']>;

/** What the relay's Action gives reason for, where one is expected and there. */
const ofAction =
  <Name extends FactName>(
    look: (
      action: ActionFacts,
      expected: Expected & Pick<TenantExpectations, 'deployCommand'>,
      facts: Pick<TenantFacts, Name | 'actions'>,
    ) => Omit<Sighting, 'subject'> | undefined,
  ) =>
  (
    facts: Pick<TenantFacts, Name | 'actions'>,
    { action: wanted, deployCommand }: TenantExpectations,
  ): readonly Sighting[] => {
    const action = wanted && named(facts.actions, wanted.name)[0];
    const seen = action && look(action, { ...wanted, deployCommand }, facts);
    return seen === undefined || action === undefined ? [] : [{ subject: action.name, ...seen }];
  };

/** The Action that tells the relay of sign-ins. */
export const actionChecks = [
  defineCheck({
    code: 'action_missing',
    severity: 'warning',
    title: 'The Action that tells the relay of sign-ins is not there.',
    needs: ['actions'],
    examine: ({ actions }, { action, deployCommand }) =>
      action === undefined || named(actions, action.name).length > 0
        ? []
        : [
            {
              subject: action.name,
              evidence: `none of the tenant’s ${actions.length} Actions has this name`,
              fix: `Run ${deployCommand}.`,
            },
          ],
  }),
  defineCheck({
    code: 'action_not_deployed',
    severity: 'warning',
    title: 'The relay’s Action is a draft alone, so it does not run.',
    needs: ['actions'],
    documentation: versionsPage,
    examine: ofAction(({ deployed_version: version, name }, { deployCommand }) =>
      version !== undefined && version !== null
        ? undefined
        : {
            evidence: 'deployed_version: none',
            fix: `Run ${deployCommand}; or Actions → Library → ${name} → Deploy.`,
          },
    ),
  }),
  defineCheck({
    code: 'action_draft_pending',
    severity: 'note',
    title: 'The relay’s Action has a draft that differs from the version that runs.',
    needs: ['actions'],
    documentation: versionsPage,
    examine: ofAction(({ deployed_version: version, all_changes_deployed: all, name }, { deployCommand }) =>
      version === undefined || version === null || all !== false
        ? undefined
        : {
            evidence: 'all_changes_deployed: false',
            fix: `Run ${deployCommand}, which puts the draft back and deploys it; or Actions → Library → ${name} → Deploy.`,
          },
    ),
  }),
  defineCheck({
    code: 'action_not_current',
    severity: 'warning',
    title: 'Another version of the relay’s Action runs than the one in actions/.',
    needs: ['actions'],
    lacks: ({ action }) =>
      action !== undefined && action.stamp === undefined
        ? 'which version is the present one is known where the sources of actions/ are: npm run tenant:doctor compares with them'
        : undefined,
    examine: ofAction(({ deployed_version: version }, { stamp = '', deployCommand }) =>
      version === undefined || version === null || version.code === stamp
        ? undefined
        : {
            evidence: `mark in the first line of its code: ${version.code ?? 'none'}; of actions/: ${stamp}`,
            fix: `Run ${deployCommand}.`,
          },
    ),
  }),
  defineCheck({
    code: 'action_secret_missing',
    severity: 'error',
    title: 'The relay’s Action lacks a secret, so it cannot tell the relay of sign-ins.',
    needs: ['actions'],
    documentation: 'customize/actions/write-your-first-action',
    examine: ofAction(({ deployed_version: version, name }, { secrets, deployCommand }) => {
      const lacking = without(secrets, version?.secrets ?? secrets);
      return lacking.length === 0
        ? undefined
        : {
            evidence: `secrets of the version that runs: ${listed(version?.secrets ?? [])}; lacking: ${listed(lacking)}`,
            fix: `Run ${deployCommand}; or Actions → Library → ${name} → Secrets: add ${listed(lacking)}, then Deploy.`,
          };
    }),
  }),
  defineCheck({
    code: 'action_not_bound',
    severity: 'warning',
    title: 'The relay’s Action is bound to no trigger, so it does not run.',
    needs: ['actions', 'bindings'],
    examine: ofAction<'bindings'>((action, { trigger, deployCommand }, { bindings }) =>
      bindings.some(({ action: bound }) => bound.id === action.id)
        ? undefined
        : {
            evidence: `bound to ${trigger}: ${listed(bindings.map(({ action: { name } }) => name))}`,
            fix: `Run ${deployCommand}; or Actions → Triggers → ${trigger}: add ${action.name}, then Apply.`,
          },
    ),
  }),
  defineCheck({
    code: 'action_not_last',
    severity: 'note',
    title: 'Other Actions run after the relay’s: it tells of sign-ins that they may still refuse.',
    needs: ['actions', 'bindings'],
    examine: ofAction<'bindings'>((action, { trigger }, { bindings }) =>
      !bindings.some(({ action: bound }) => bound.id === action.id) ||
      bindings.at(-1)?.action.id === action.id
        ? undefined
        : {
            evidence: `order of ${trigger}: ${bindings.map(({ action: { name } }) => name).join(' → ')}`,
            fix: `Actions → Triggers → ${trigger}: drag ${action.name} to the end, then Apply.`,
          },
    ),
  }),
];
