import { samplePeople, sampleUserId } from '@idp-relay/local-tenant';

/** The `user_id` of a sample person, encoded for a path. */
export function encodedIdOf(handle: string): string {
  const person = samplePeople.find((candidate) => candidate.handle === handle);
  if (person === undefined) throw new Error(`There is no sample person ${handle}.`);
  return encodeURIComponent(sampleUserId(person));
}
