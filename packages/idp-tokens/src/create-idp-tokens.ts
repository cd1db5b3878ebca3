import { chooseIdentity } from './choose-identity.ts';
import { HeldIdentities } from './held-identities.ts';
import type { HeldIdentity } from './held-identity.ts';
import type { IdentityReport, IdpTokens, IdpTokensOptions, UserReport } from './idp-tokens.ts';
import { Observations } from './observations.ts';
import { ReadHorizons } from './read-horizons.ts';
import { RecentTokens } from './recent-tokens.ts';
import { reportIdentity, reportUser } from './report-user.ts';
import { isGoodForCalls, TokenFinder } from './token-finder.ts';
import type { ReadProfile } from './user-profiles.ts';
import { Verdicts } from './verdicts.ts';

/** Puts profile, choice and verdict together. */
export function createIdpTokens(options: IdpTokensOptions): IdpTokens {
  const { profiles, clock, renewals } = options;
  const observations = new Observations({ clock, ...options.observations });
  const horizons = new ReadHorizons(options.observations.maxEntries);
  const identities = new HeldIdentities({ observations, horizons, renewals });
  const verdicts = new Verdicts(options, observations);
  const recentTokens = new RecentTokens({ profiles, horizons, identities, verdicts });

  const readProfile = (userId: string, deadline: number, notBefore: number): Promise<ReadProfile> =>
    profiles.get(userId, { deadline, notBefore: Math.max(notBefore, horizons.ofProfile(userId)) });
  const finder = new TokenFinder({ ...options, readProfile, horizons, identities, verdicts });

  const changed = (userId: string): void =>
    options.onChange?.({ userId, what: 'verdicts', changedAt: clock.now() });

  const report = (read: ReadProfile, identity: HeldIdentity): IdentityReport =>
    reportIdentity(identity, verdicts.judgeRead(read, identity));

  const reportRead = async (read: ReadProfile, notBefore: number): Promise<UserReport> => {
    const { userId, identities: copies } = read.profile;
    const held = await Promise.all(copies.map((copy) => identities.find(userId, copy, notBefore)));
    return reportUser(
      read,
      held.map((identity) => report(read, identity)),
    );
  };

  return {
    user: async (userId, { deadline, notBefore = 0 }) =>
      reportRead(await readProfile(userId, deadline, notBefore), notBefore),
    reportUser: (read) => reportRead(read, 0),
    peekUser: (read) => {
      const { userId, identities: copies } = read.profile;
      return reportUser(
        read,
        copies.map((copy) => report(read, identities.peek(userId, copy))),
      );
    },
    identity: async (userId, choice, { deadline, notBefore = 0 }) => {
      const read = await readProfile(userId, deadline, notBefore);
      return report(read, await identities.find(userId, chooseIdentity(read.profile, choice), notBefore));
    },
    recall: (userId, choice) => recentTokens.recall(userId, choice),
    token: async (userId, choice, request) => {
      const token = await finder.find(userId, choice, request, { isGood: isGoodForCalls, isForUse: true });
      recentTokens.remember(token, choice);
      return token;
    },
    tokenForProbe: (userId, choice, request) =>
      finder.find(userId, choice, request, {
        isGood: (verdict) => verdict.state !== 'not_applicable',
        isForUse: true,
      }),
    tokenToRevoke: (userId, choice, request) =>
      finder.find(userId, choice, request, { isGood: () => true, isForUse: false }),
    observe: async ({ profile: { userId }, identity }, observation) => {
      try {
        if (await observations.record(userId, identity, observation)) changed(userId);
      } catch (error) {
        options.onNotKept?.(error);
      }
    },
    outdate: (change) => {
      if (change === undefined) {
        horizons.moveAll(clock.now());
        return;
      }
      horizons.move(change, clock.now());
      // A horizon can be forgotten for those of other users; a profile that is gone cannot come back.
      profiles.drop(change.userId, horizons.ofProfile(change.userId));
    },
    revoke: async ({ profile, copy }) => {
      await renewals?.revoke(profile.userId, copy);
      changed(profile.userId);
      return verdicts.judge(identities.peek(profile.userId, copy), profile, true);
    },
    observationCount: () => observations.size,
    judge: (token) => verdicts.judge(token.identity, token.profile, true),
  };
}
