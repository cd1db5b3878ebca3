import { LRUCache } from 'lru-cache';
import type { z } from 'zod';
import type { Clock } from './clock.ts';
import { ManagementRateLimitedError, ManagementUnavailableError, UserNotFoundError } from './errors.ts';
import type { ManagementApi } from './management-api.ts';
import type { ManagementToken } from './management-token.ts';
import { withinDeadline } from './within-deadline.ts';
import { ManagementUser, toUserProfile, userProfileFields, type UserProfile } from './user-profile.ts';

/** A profile together with the token that read it: its scopes say what the profile could hold. */
export interface ReadProfile {
  readonly profile: UserProfile;
  readonly token: ManagementToken;
}

/** How a profile is asked for. */
export interface ProfileRequest {
  /** Milliseconds since the epoch at which the caller gives up. */
  readonly deadline: number;
  /** A profile read before this moment (milliseconds since the epoch) is not good enough. */
  readonly notBefore?: number;
}

/** Profiles of users, read once for everybody who asks at the same time, and kept for a short while. */
export interface UserProfiles {
  /**
   * @throws UserNotFoundError, ManagementForbiddenError, ManagementRateLimitedError, ManagementUnavailableError
   */
  get(userId: string, request: ProfileRequest): Promise<ReadProfile>;
  /**
   * The profile that is kept, where it is good enough: nothing to wait for.
   * @param notBefore a profile read before this moment (milliseconds since the epoch) is not
   */
  recall(userId: string, notBefore: number): ReadProfile | undefined;
  /** Forgets one user's profile. @param readBefore milliseconds since the epoch; a profile that was read later stays */
  drop(userId: string, readBefore?: number): void;
  /** Those that are kept now, however old. */
  kept(): Iterable<ReadProfile>;
  /** How many profiles are kept now. */
  readonly size: () => number;
  /** How much memory they take, about; in bytes. */
  readonly bytes: () => number;
}

/** Bounds of the cache of profiles. */
export interface UserProfilesOptions {
  readonly management: ManagementApi;
  readonly clock: Clock;
  /** How long a profile is used without asking again, in milliseconds. A user blocked in the tenant is noticed within it. */
  readonly lifetimeMs: number;
  /** How many profiles are kept; the least recently used one goes first. */
  readonly maxEntries: number;
  /** How much memory they may take, about; in bytes. One that takes more than all of it is not kept. */
  readonly maxBytes: number;
  /** Told of every read: the profile, or nothing of a user who is gone. Nobody waits for what it does. */
  readonly onRead?: (userId: string, profile: UserProfile | undefined) => void;
}

/**
 * So long (milliseconds) a user who is not there is not asked for again: access tokens outlive their users, and an app that
 * goes on calling must not use up the tenant's rate limit.
 */
const absenceHoldsMs = 5_000;

interface Flight {
  readonly startedAt: number;
  deadline: number;
  readonly result: Promise<ReadProfile>;
}

/** Reads profiles by `GET /api/v2/users/{id}`. */
export function createUserProfiles(options: UserProfilesOptions): UserProfiles {
  const { clock, management } = options;
  const kept = new LRUCache<string, ReadProfile>({ max: options.maxEntries, maxSize: options.maxBytes });
  /** When (milliseconds since the epoch) the tenant last said that there is no such user. */
  const absent = new LRUCache<string, number>({ max: options.maxEntries });
  const flights = new Map<string, Flight>();

  const read = async (userId: string, deadline: () => number): Promise<ReadProfile> => {
    // As a path segment these two mean the folder itself and the one above, encoded or not (RFC 3986 section 5.2.4).
    if (userId === '.' || userId === '..') throw new UserNotFoundError();
    const startedAt = clock.now();
    const answer = await management.get({
      path: `/users/${encodeURIComponent(userId)}`,
      query: { fields: userProfileFields.join(','), include_fields: 'true' },
      schema: ManagementUser,
      deadline,
      priority: 'user',
    });
    // A read that began later knows better, however long this one took.
    const isSuperseded =
      (flights.get(userId)?.startedAt ?? 0) > startedAt ||
      (kept.peek(userId)?.profile.readAt ?? 0) > startedAt;
    if (answer.status !== 'found') {
      if (isSuperseded) throw new UserNotFoundError();
      kept.delete(userId);
      if (answer.status === 'not_found') options.onRead?.(userId, undefined);
      absent.set(userId, startedAt);
      throw new UserNotFoundError();
    }
    const result: ReadProfile = { profile: toUserProfile(answer.body, startedAt), token: answer.token };
    if (isSuperseded) return result;
    absent.delete(userId);
    kept.set(userId, result, { size: bytesOf(answer.body) });
    options.onRead?.(userId, result.profile);
    return result;
  };

  const join = (userId: string, request: ProfileRequest): Flight => {
    const underWay = flights.get(userId);
    if (underWay !== undefined && underWay.startedAt >= (request.notBefore ?? 0)) {
      underWay.deadline = Math.max(underWay.deadline, request.deadline);
      return underWay;
    }
    const flight: Flight = {
      startedAt: clock.now(),
      deadline: request.deadline,
      // The read begins one turn later, when `flight` exists for it to look its deadline up in.
      result: Promise.resolve()
        .then(() => read(userId, () => flight.deadline))
        .finally(() => {
          if (flights.get(userId) === flight) flights.delete(userId);
        }),
    };
    flights.set(userId, flight);
    return flight;
  };

  const recall = (userId: string, notBefore: number): ReadProfile | undefined => {
    const found = kept.get(userId);
    const isFresh =
      found !== undefined &&
      clock.now() - found.profile.readAt < options.lifetimeMs &&
      found.profile.readAt >= notBefore;
    return isFresh ? found : undefined;
  };

  return {
    recall,
    get: async (userId, request) => {
      const recalled = recall(userId, request.notBefore ?? 0);
      if (recalled !== undefined) return recalled;
      const absentAt = absent.get(userId) ?? Number.NEGATIVE_INFINITY;
      if (absentAt >= (request.notBefore ?? 0) && clock.now() - absentAt < absenceHoldsMs)
        throw new UserNotFoundError();
      return withinDeadline(join(userId, request).result, request.deadline, clock, () => {
        const wait = management.budget.waitMs(clock.now());
        throw wait > 0
          ? new ManagementRateLimitedError(wait)
          : new ManagementUnavailableError('no answer in time');
      });
    },
    drop: (userId, readBefore = Number.POSITIVE_INFINITY) => {
      const found = kept.peek(userId);
      if (found !== undefined && found.profile.readAt < readBefore) kept.delete(userId);
    },
    kept: () => kept.values(),
    size: () => kept.size,
    bytes: () => kept.calculatedSize,
  };
}

/** What a profile takes beyond its texts: objects, and its place in the cache. */
const bytesBesideTexts = 1_000;

/** Most of a profile are its tokens and ids, which are plain ASCII: a byte a character. */
function bytesOf(user: z.output<typeof ManagementUser>): number {
  return JSON.stringify(user).length + bytesBesideTexts;
}
