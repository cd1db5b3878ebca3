import { expect, it } from 'vitest';
import { bundlePostLogin, postLoginAction, postLoginStamp } from './index.ts';

it('is one file that Auth0 takes: the stamp first, small, and nothing required but Node’s own', async () => {
  const code = await bundlePostLogin();
  expect(code.split('\n', 1)[0]).toBe(`// idp-relay post-login ${await postLoginStamp()}`);
  expect(await postLoginStamp()).toMatch(/^[0-9a-f]{16}$/);
  expect(await bundlePostLogin()).toBe(code);
  // Auth0 takes 100 kB; every byte is read at each login.
  expect(Buffer.byteLength(code)).toBeLessThan(12_000);
  const required = [...code.matchAll(/require\((.*?)\)/g)].map(([, name]) => name);
  expect(required).toEqual(['"node:crypto"']);
  expect(code).toContain('exports.onExecutePostLogin = onExecutePostLogin');
  // The deploy CLI would fill these in.
  expect(code).not.toMatch(/##\w+##|@@\w+@@/);
});

it('reads the secrets that are to be deployed, and no other', async () => {
  const code = await bundlePostLogin();
  const read = new Set([...code.matchAll(/\b(?:RELAY|NOTICE)_[A-Z]+\b/g)].map(([name]) => name));
  expect(read).toEqual(new Set(postLoginAction.secrets));
});
