import { actionBody, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { actionChecks } from './action.ts';

const { name } = actionBody;
const actionPath = ({ ids }: HealthyTenant): string => `/actions/actions/${ids.action}`;
const bind = ({ api }: HealthyTenant, ...names: readonly string[]) =>
  api('PATCH', '/actions/triggers/post-login/bindings', {
    bindings: names.map((value) => ({ ref: { type: 'action_name', value } })),
  });
const remove = async (healthy: HealthyTenant) => {
  await healthy.api('DELETE', `${actionPath(healthy)}?force=true`);
};
const create = async ({ api, ids, tenant }: HealthyTenant, deploy: boolean) => {
  await api('POST', '/actions/actions', { ...actionBody, deploy });
  ids.action = tenant.database.state.actions.find((action) => action.name === name)?.id ?? '';
};
const change = async (healthy: HealthyTenant, fields: Record<string, unknown>, deploy = true) => {
  await healthy.api('PATCH', actionPath(healthy), fields);
  if (deploy) await healthy.api('POST', `${actionPath(healthy)}/deploy`);
  return undefined;
};
const { code, secrets } = actionBody;
const dropped = secrets.filter((one) => one.name !== 'NOTICE_SECRET').map((one) => ({ name: one.name }));

testFindings(actionChecks, [
  {
    code: 'action_missing',
    subject: name,
    evidence: 'none of the tenant’s 0 Actions',
    fix: 'Run npm run tenant:deploy',
    break: async (healthy) => {
      await remove(healthy);
      return undefined;
    },
    mend: async (healthy) => {
      await create(healthy, true);
      await bind(healthy, name);
      return undefined;
    },
  },
  {
    code: 'action_not_deployed',
    subject: name,
    evidence: 'deployed_version: none',
    fix: 'Deploy',
    break: async (healthy) => {
      await remove(healthy);
      await create(healthy, false);
      return undefined;
    },
    mend: async (healthy) => {
      await healthy.api('POST', `${actionPath(healthy)}/deploy`);
      await bind(healthy, name);
      return undefined;
    },
  },
  {
    code: 'action_draft_pending',
    subject: name,
    evidence: 'all_changes_deployed: false',
    fix: 'deploys it',
    break: (healthy) => change(healthy, { code: `${code}\n// tried` }, false),
    mend: (healthy) => change(healthy, { code }),
  },
  {
    code: 'action_not_current',
    subject: name,
    evidence: 'mark in the first line of its code: older; of actions/: a1b2c3',
    fix: 'Run npm run tenant:deploy',
    break: (healthy) => change(healthy, { code: code.replace('a1b2c3', 'older') }),
    mend: (healthy) => change(healthy, { code }),
  },
  {
    code: 'action_not_current',
    when: 'written by hand',
    subject: name,
    evidence: 'mark in the first line of its code: none',
    fix: 'Run npm run tenant:deploy',
    break: (healthy) => change(healthy, { code: 'exports.onExecutePostLogin = async () => {};' }),
    mend: (healthy) => change(healthy, { code }),
  },
  {
    code: 'action_secret_missing',
    subject: name,
    evidence: 'RELAY_URL, RELAY_AUDIENCE; lacking: NOTICE_SECRET',
    fix: 'add NOTICE_SECRET, then Deploy',
    break: (healthy) => change(healthy, { secrets: dropped }),
    mend: (healthy) => change(healthy, { secrets }),
  },
  {
    code: 'action_not_bound',
    subject: name,
    evidence: 'bound to post-login: none',
    fix: `add ${name}, then Apply`,
    break: async (healthy) => {
      await bind(healthy);
      return undefined;
    },
    mend: async (healthy) => {
      await bind(healthy, name);
      return undefined;
    },
  },
  {
    code: 'action_not_last',
    subject: name,
    evidence: `order of post-login: ${name} → Deny`,
    fix: 'to the end',
    break: async (healthy) => {
      await healthy.api('POST', '/actions/actions', { ...actionBody, name: 'Deny', deploy: true });
      await bind(healthy, name, 'Deny');
      return undefined;
    },
    mend: async (healthy) => {
      await bind(healthy, 'Deny', name);
      return undefined;
    },
  },
]);
