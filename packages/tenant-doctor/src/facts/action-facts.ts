import { z } from 'zod';

/** The end of the first line of an Action's code, where a deployment leaves its mark. The rest of the code is not kept. */
const stamp = z
  .string()
  .transform((code) => /^\/\/ .* (\S+)$/.exec(code.split('\n', 1)[0] ?? '')?.[1])
  .optional()
  .catch(undefined);
const secrets = z
  .array(z.object({ name: z.string() }))
  .default([])
  .transform((list) => list.map(({ name }) => name));

/** An Action: its draft, and the version that runs. Holds names of secrets, which is all that Auth0 shows. */
export const ActionFacts = z.object({
  id: z.string(),
  name: z.string(),
  all_changes_deployed: z.boolean().optional(),
  deployed_version: z.object({ code: stamp, secrets }).nullish(),
});
export type ActionFacts = z.output<typeof ActionFacts>;

/** An Action that is bound to a trigger; the order of the list is the order in which they run. */
export const BindingFacts = z.object({
  display_name: z.string().optional(),
  action: z.object({ id: z.string(), name: z.string() }),
});
export type BindingFacts = z.output<typeof BindingFacts>;

/** A log stream, without what it authorizes itself with. */
export const LogStreamFacts = z
  .object({
    name: z.string().default(''),
    type: z.string(),
    status: z.string().optional(),
    sink: z
      .object({ httpEndpoint: z.string().optional(), httpAuthorization: z.string().optional() })
      .nullish()
      .catch(undefined),
  })
  .transform(({ sink, ...stream }) => ({
    ...stream,
    endpoint: sink?.httpEndpoint,
    hasAuthorization: (sink?.httpAuthorization ?? '') !== '',
  }));
export type LogStreamFacts = z.output<typeof LogStreamFacts>;
