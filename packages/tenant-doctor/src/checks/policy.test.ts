import { file } from '../../test/change-connection.ts';
import { callback, type HealthyTenant } from '../../test/healthy-tenant.ts';
import { testFindings } from '../../test/test-findings.ts';
import { policyChecks } from './policy.ts';

const callbacks =
  (...urls: readonly string[]) =>
  async ({ api, ids }: HealthyTenant) => {
    await api('PATCH', `/clients/${ids.product}`, { callbacks: urls });
    return undefined;
  };

testFindings(policyChecks, [
  {
    code: 'policy_client_unknown',
    subject: 'product',
    evidence: 'clients.product: of-another-tenant',
    fix: 'Client ID',
    break: file("'${PRODUCT}'", 'of-another-tenant'),
    mend: () => undefined,
  },
  {
    code: 'sign_in_callback_missing',
    subject: 'Product',
    evidence: `callbacks: https://app.test; sign_in.redirect_uri: ${callback}`,
    fix: `Allowed Callback URLs: add ${callback}`,
    break: callbacks('https://app.test'),
    mend: callbacks('https://app.test', callback),
    restore: callbacks(callback),
  },
]);
