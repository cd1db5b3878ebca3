/** Names of everything that could hold a credential. A last net: none of these is logged on purpose. */
const credentials = new Set([
  'authorization',
  'cookie',
  'set-cookie',
  'access_token',
  'refresh_token',
  'id_token',
  'client_secret',
  'client_assertion',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'clientsecret',
]);

/** Log lines are flat; what is deeper than this is not written. */
const deepest = 4;

/**
 * Leaves credentials out of what a log line is about, wherever they stand in it. pino's own redaction by paths takes longer than
 * all the rest of a line.
 */
export function redact(line: Readonly<Record<string, unknown>>, depth = 1): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(line))
    kept[name] = credentials.has(name.toLowerCase()) ? '[redacted]' : nested(line[name], depth);
  return kept;
}

function nested(value: unknown, depth: number): unknown {
  if (Array.isArray(value)) return value.map((item) => nested(item, depth));
  if (!isPlain(value)) return value;
  return depth < deepest ? redact(value, depth + 1) : '[redacted]';
}

/** Others (errors, requests, secrets) have serializers, or a way of their own to be written. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
