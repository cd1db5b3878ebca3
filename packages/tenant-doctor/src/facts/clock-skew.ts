/**
 * By how many milliseconds the other side's clock is ahead of this one, by the `date` of its answer. Exact to about a second:
 * the header has whole seconds, and where within the request it was written is not known.
 * @param sentAt milliseconds since the epoch
 * @param receivedAt milliseconds since the epoch
 * @see https://datatracker.ietf.org/doc/html/rfc9110#section-6.6.1
 */
export function readSkewMs(headers: Headers, sentAt: number, receivedAt: number): number | undefined {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isFinite(date) ? date + 500 - (sentAt + receivedAt) / 2 : undefined;
}
