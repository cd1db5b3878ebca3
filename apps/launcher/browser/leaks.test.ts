import { canary } from '@idp-relay/local-tenant';
import { expect, inject, it } from 'vitest';
import { findLeaks } from '../src/leak-search.ts';
import { driveBrowser } from './drive-browser.ts';

it('no secret is in any answer that the browser receives, nor in what it keeps', async () => {
  const artifacts = await driveBrowser(inject('origins').api);
  const sources = artifacts.map(({ source }) => source).join('\n');
  // The search is worth something only where the calls that could leak were made.
  for (const path of [
    '/v1/users:',
    '/identities:',
    '/check:',
    '/v1/connections:',
    '/v1/tenant:',
    '/oauth/token:',
  ])
    expect(sources).toContain(path);
  expect(findLeaks(artifacts, canary)).toEqual([]);
  const planted = { source: 'planted', text: `gho_${canary}` };
  expect(findLeaks([...artifacts, planted], canary)).toHaveLength(1);
});
