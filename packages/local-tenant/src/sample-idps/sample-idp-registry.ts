import { bitbucket } from './bitbucket.ts';
import { exact } from './exact.ts';
import { facebook } from './facebook.ts';
import { github } from './github.ts';
import { google } from './google.ts';
import { microsoft } from './microsoft.ts';
import { SampleIdpStrategy } from './sample-idp-state.ts';
import type { SampleIdp } from './sample-idp.ts';

const byStrategy: Readonly<Record<SampleIdpStrategy, SampleIdp>> = {
  github,
  'google-oauth2': google,
  facebook,
  windowslive: microsoft,
  bitbucket,
  exact,
};

/** All sample IdPs. */
export const sampleIdps: readonly SampleIdp[] = Object.values(byStrategy);

/** The sample IdP that stands for a strategy. */
export function findSampleIdp(strategy: SampleIdpStrategy): SampleIdp {
  return byStrategy[strategy];
}

/** The same for any connection's strategy; only where there is one can somebody sign in here. */
export function findSampleIdpOf(strategy: string): SampleIdp | undefined {
  const known = SampleIdpStrategy.safeParse(strategy);
  return known.success ? byStrategy[known.data] : undefined;
}
