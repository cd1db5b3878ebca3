/** Headers that every answer has, good or bad. @param requestId names the request in the logs */
export function standingHeaders(requestId: string): Record<string, string> {
  return { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'request-id': requestId };
}
