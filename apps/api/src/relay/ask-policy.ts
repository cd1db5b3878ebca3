import type { Policy, PolicyQuestion } from '@idp-relay/relay-configuration';
import { Problem } from '../problems/problem.ts';

/**
 * Asks the policy whether a call may be made.
 * @throws Problem `call_not_allowed_by_policy`, which names the rule that is missing
 */
export function askPolicy(policy: Policy, question: PolicyQuestion): void {
  const answer = policy.ask(question);
  if (answer.allowed) return;
  const { clientId, connection, method, path, baseUrl } = question;
  const who = policy.clientName(clientId) ?? clientId;
  throw new Problem(
    'call_not_allowed_by_policy',
    `No rule of the policy covers this ${answer.missing}: client "${who}", ${method} ${path} of the connection ` +
      `"${connection}". An operator can add such a rule.`,
    {
      members: {
        missing_rule: {
          missing: answer.missing,
          client: who,
          connection,
          method,
          path,
          ...(baseUrl !== undefined && { base_url: baseUrl.url }),
        },
      },
    },
  );
}
