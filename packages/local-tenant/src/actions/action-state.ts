import { z } from 'zod';

/** A trigger that an Action is written for. Auth0 lets an Action have one alone. */
export const SupportedTrigger = z.object({ id: z.string(), version: z.string() });

/** A secret of an Action. Its value goes to the running code and to nobody else. */
export const ActionSecret = z.object({ name: z.string(), value: z.string(), updated_at: z.string() });
export type ActionSecret = z.infer<typeof ActionSecret>;

/** An npm package that an Action asks for. */
export const ActionDependency = z.object({
  name: z.string(),
  version: z.string(),
  registry_url: z.string().optional(),
});

/** What is written, as a draft or in a version. */
export const ActionContent = z.object({
  code: z.string(),
  runtime: z.string(),
  dependencies: z.array(ActionDependency),
  secrets: z.array(ActionSecret),
});
export type ActionContent = z.infer<typeof ActionContent>;

/** What was deployed once: never changed again. */
export const ActionVersion = ActionContent.extend({
  id: z.string(),
  number: z.number(),
  created_at: z.string(),
});
export type ActionVersion = z.infer<typeof ActionVersion>;

/** An Action: its own content is the draft; what runs is the version that is deployed. */
export const Action = ActionContent.extend({
  id: z.string(),
  name: z.string(),
  supported_triggers: z.array(SupportedTrigger),
  created_at: z.string(),
  updated_at: z.string(),
  /** False from a change of the draft to the next deployment. */
  all_changes_deployed: z.boolean(),
  /** Oldest first. */
  versions: z.array(ActionVersion),
  deployed_version_id: z.string().optional(),
});
export type Action = z.infer<typeof Action>;

/** An Action's place in a trigger; the order of the list is the order of execution. */
export const ActionBinding = z.object({
  id: z.string(),
  trigger_id: z.string(),
  action_id: z.string(),
  display_name: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
});
export type ActionBinding = z.infer<typeof ActionBinding>;

/** The version of an Action that runs, if any was deployed. */
export function deployedVersion(action: Action): ActionVersion | undefined {
  return action.versions.find(({ id }) => id === action.deployed_version_id);
}
