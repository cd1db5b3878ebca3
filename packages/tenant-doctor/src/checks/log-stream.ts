import { defineCheck, type Sighting } from '../check.ts';
import type { TenantExpectations } from '../expectations.ts';
import type { LogStreamFacts } from '../facts/action-facts.ts';
import type { TenantFacts } from '../facts/tenant-facts.ts';
import { named } from '../named.ts';

const documentation = 'customize/log-streams/custom-log-streams';
/** Path that a deployment's log stream sends events to. */
const eventsPath = '/v1/notices/log-events';

/** What the relay's log stream gives reason for, where one is expected and there. */
const ofLogStream =
  (look: (stream: LogStreamFacts, expected: TenantExpectations) => Omit<Sighting, 'subject'> | undefined) =>
  ({ logStreams }: Pick<TenantFacts, 'logStreams'>, expected: TenantExpectations): readonly Sighting[] => {
    const stream = expected.logStream && named(logStreams, expected.logStream.name)[0];
    const seen = stream && look(stream, expected);
    return seen === undefined || stream === undefined ? [] : [{ subject: stream.name, ...seen }];
  };

/** The log stream that tells the relay of what happens to users. */
export const logStreamChecks = [
  defineCheck({
    code: 'log_stream_missing',
    severity: 'note',
    title:
      'The log stream to the relay is not there: it learns late of users who are blocked, deleted or unlinked.',
    needs: ['logStreams'],
    documentation,
    examine: ({ logStreams }, { logStream, deployCommand }) =>
      logStream === undefined || named(logStreams, logStream.name).length > 0
        ? []
        : [
            {
              subject: logStream.name,
              evidence: `none of the tenant’s ${logStreams.length} log streams has this name`,
              fix: `Run ${deployCommand}.`,
            },
          ],
  }),
  defineCheck({
    code: 'log_stream_not_active',
    severity: 'warning',
    title: 'The log stream to the relay is not active.',
    needs: ['logStreams'],
    documentation,
    examine: ofLogStream(({ status = 'active', name }) =>
      status === 'active'
        ? undefined
        : {
            evidence: `status: ${status}`,
            fix:
              status === 'suspended'
                ? `Auth0 suspends streams whose receiver does not answer: see that the relay does, then Monitoring → Streams → ${name} → Settings: activate it.`
                : `Monitoring → Streams → ${name} → Settings: activate it.`,
          },
    ),
  }),
  defineCheck({
    code: 'log_stream_endpoint_wrong',
    severity: 'error',
    title: 'The log stream sends events to another address than the relay’s.',
    needs: ['logStreams'],
    documentation,
    examine: ofLogStream(({ endpoint = '', type }, { logStream, deployCommand }) =>
      type === 'http' &&
      (logStream?.endpoint === undefined
        ? URL.parse(endpoint)?.pathname === eventsPath
        : endpoint === logStream.endpoint)
        ? undefined
        : {
            evidence: `type: ${type}, sink.httpEndpoint: ${endpoint || 'none'}`,
            fix: `Run ${deployCommand}: it is to send to ${logStream?.endpoint ?? `…${eventsPath}`}.`,
          },
    ),
  }),
  defineCheck({
    code: 'log_stream_authorization_missing',
    severity: 'error',
    title: 'The log stream does not say who it is, so the relay refuses its events.',
    needs: ['logStreams'],
    documentation,
    examine: ofLogStream(({ hasAuthorization, name }, { deployCommand }) =>
      hasAuthorization
        ? undefined
        : {
            evidence: 'sink.httpAuthorization: not set',
            fix: `Run ${deployCommand}; or Monitoring → Streams → ${name} → Settings → Authorization Token: Bearer and the relay’s LOG_STREAM_TOKEN.`,
          },
    ),
  }),
  defineCheck({
    code: 'sign_ins_not_told',
    severity: 'warning',
    title:
      'Nothing tells the relay of sign-ins: a user who signs in again is served the old token for up to a minute.',
    needs: ['actions', 'logStreams'],
    // Of a deployment that brings neither there is nothing to say.
    examine: ({ actions, logStreams }, { action, logStream, deployCommand }) =>
      (action === undefined && logStream === undefined) ||
      (action !== undefined && named(actions, action.name).length > 0) ||
      (logStream !== undefined && named(logStreams, logStream.name).length > 0)
        ? []
        : [
            {
              subject: 'sign-ins',
              evidence: 'neither the Action nor the log stream is there',
              fix: `Run ${deployCommand}, with NOTICE_SECRET or LOG_STREAM_TOKEN set for the relay.`,
            },
          ],
  }),
];
