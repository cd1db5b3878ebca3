import { bitbucket } from './bitbucket.ts';
import { facebook } from './facebook.ts';
import { github } from './github.ts';
import { google } from './google.ts';
import { microsoft } from './microsoft.ts';
import type { SampleIdpStrategy } from './sample-idp-state.ts';
import type { SampleIdp } from './sample-idp.ts';

const byStrategy: Readonly<Record<SampleIdpStrategy, SampleIdp>> = {
  github,
  'google-oauth2': google,
  facebook,
  windowslive: microsoft,
  bitbucket,
};

/** All sample IdPs. */
export const sampleIdps: readonly SampleIdp[] = Object.values(byStrategy);

/** The sample IdP that stands for a strategy. */
export function findSampleIdp(strategy: SampleIdpStrategy): SampleIdp {
  return byStrategy[strategy];
}
