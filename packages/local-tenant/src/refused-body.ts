import { z } from 'zod';

const RefusedBody = z.object({
  statusCode: z.number().min(400).max(499),
  code: z.string().startsWith('FST_ERR_CTP_'),
  message: z.string(),
});

/** Status and reason of a request whose body Fastify could not take: malformed, too long, of another kind. */
export function readRefusedBody(
  error: unknown,
): { readonly status: number; readonly reason: string } | undefined {
  const { data } = RefusedBody.safeParse(error);
  if (data === undefined) return undefined;
  const isMalformed = data.statusCode === 400;
  return {
    status: data.statusCode,
    reason: isMalformed ? 'Invalid request payload JSON format' : data.message,
  };
}
