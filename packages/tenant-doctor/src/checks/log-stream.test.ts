import { relayEndpoint, streamBody, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { logStreamChecks } from './log-stream.ts';

const { name, sink } = streamBody;
const json = { 'content-type': 'application/json' };
const patch =
  (fields: Record<string, unknown>) =>
  async ({ api, ids }: HealthyTenant) => {
    await api('PATCH', `/log-streams/${ids.stream}`, fields);
    return undefined;
  };
const remove = async ({ api, ids }: HealthyTenant) => {
  await api('DELETE', `/log-streams/${ids.stream}`);
  return undefined;
};
const create = async ({ api, ids, tenant }: HealthyTenant) => {
  await api('POST', '/log-streams', streamBody);
  ids.stream = tenant.database.state.logStreams[0]?.id ?? '';
  return undefined;
};

testFindings(logStreamChecks, [
  {
    code: 'log_stream_missing',
    subject: name,
    evidence: 'none of the tenant’s 0 log streams',
    fix: 'Run npm run tenant:deploy',
    break: remove,
    mend: create,
  },
  {
    code: 'log_stream_not_active',
    subject: name,
    evidence: 'status: paused',
    fix: 'activate it',
    break: patch({ status: 'paused' }),
    mend: patch({ status: 'active' }),
  },
  {
    code: 'log_stream_not_active',
    when: 'since Auth0 suspended it',
    subject: name,
    evidence: 'status: suspended',
    fix: 'see that the relay does',
    break: patch({ status: 'suspended' }),
    mend: patch({ status: 'active' }),
  },
  {
    code: 'log_stream_endpoint_wrong',
    when: 'where the stream is of another type',
    subject: name,
    evidence: 'type: eventbridge, sink.httpEndpoint: none',
    fix: relayEndpoint,
    break: ({ tenant }) => {
      // This tenant has streams by HTTP alone; Auth0 answers so for one that goes elsewhere.
      const body = JSON.stringify([{ id: 'lst_1', name, type: 'eventbridge', status: 'active', sink: {} }]);
      tenant.faults.add('management', {
        pathPrefix: '/api/v2/log-streams',
        status: 200,
        headers: json,
        body,
      });
      return undefined;
    },
    mend: ({ tenant }) => {
      tenant.faults.clear();
      return undefined;
    },
  },
  {
    code: 'log_stream_endpoint_wrong',
    subject: name,
    evidence: 'sink.httpEndpoint: https://elsewhere.test/logs',
    fix: relayEndpoint,
    break: patch({ sink: { ...sink, httpEndpoint: 'https://elsewhere.test/logs' } }),
    mend: patch({ sink }),
  },
  {
    code: 'log_stream_endpoint_wrong',
    when: 'where the relay’s address is not known',
    subject: name,
    evidence: 'sink.httpEndpoint: https://relay.test/logs',
    fix: '/v1/notices/log-events',
    break: async (healthy) => {
      await patch({ sink: { ...sink, httpEndpoint: 'https://relay.test/logs' } })(healthy);
      return { expected: { logStream: { name } } };
    },
    mend: async (healthy) => {
      await patch({ sink })(healthy);
      return { expected: { logStream: { name } } };
    },
  },
  {
    code: 'log_stream_authorization_missing',
    subject: name,
    evidence: 'sink.httpAuthorization: not set',
    fix: 'LOG_STREAM_TOKEN',
    break: patch({ sink: { httpEndpoint: relayEndpoint } }),
    mend: patch({ sink }),
  },
  {
    code: 'sign_ins_not_told',
    evidence: 'neither',
    fix: 'NOTICE_SECRET or LOG_STREAM_TOKEN',
    break: async (healthy) => {
      await remove(healthy);
      const { action, ...expected } = healthy.expected;
      return action === undefined
        ? undefined
        : { expected: { ...expected, action: { ...action, name: 'None' } } };
    },
    mend: create,
  },
]);
