import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Action, ActionBinding } from '../actions/action-state.ts';
import { postLoginTrigger } from '../actions/post-login-trigger.ts';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { invalidBody, ManagementError } from './management-error.ts';
import { countedPage } from './paging.ts';
import { shownAction } from './shown-action.ts';

const TriggerPath = z.object({ id: z.string() });
const BindingsPatch = z.strictObject({
  bindings: z
    .array(
      z.strictObject({
        ref: z.object({ type: z.enum(['binding_id', 'action_id', 'action_name']), value: z.string() }),
        display_name: z.string().optional(),
      }),
    )
    .default([]),
});
type AskedBinding = z.infer<typeof BindingsPatch>['bindings'][number];

/** Triggers, and the Actions that are bound to them. */
export function registerActionTriggers(app: FastifyInstance, { database, clock }: LocalTenantContext): void {
  const { state } = database;
  const findTrigger = (params: unknown): string => {
    const { id } = TriggerPath.parse(params);
    if (id !== postLoginTrigger.id) {
      throw new ManagementError(
        400,
        `Path validation error: 'This tenant runs ${postLoginTrigger.id} alone, not ${id}'.`,
        'invalid_uri',
      );
    }
    return id;
  };
  const findBound = ({ ref }: AskedBinding): Action => {
    const bound = state.actionBindings.find(({ id }) => ref.type === 'binding_id' && id === ref.value);
    const action = state.actions.find(({ id, name }) => {
      if (ref.type === 'binding_id') return id === bound?.action_id;
      return (ref.type === 'action_id' ? id : name) === ref.value;
    });
    if (action === undefined) throw invalidBody(`bindings: no action has the ${ref.type} ${ref.value}`);
    if (action.deployed_version_id === undefined)
      throw invalidBody(`bindings: ${action.name} must be deployed before it can be bound`);
    return action;
  };
  const shown = ({ action_id: actionId, ...binding }: ActionBinding): Record<string, unknown> => {
    const action = state.actions.find(({ id }) => id === actionId);
    return { ...binding, ...(action !== undefined && { action: shownAction(action) }) };
  };
  const bindingsOf = (triggerId: string): ActionBinding[] =>
    state.actionBindings.filter(({ trigger_id: id }) => id === triggerId);

  app.get('/actions/triggers', { config: { anyScope: ['read:actions'] } }, () => ({
    triggers: [postLoginTrigger],
  }));
  app.get('/actions/triggers/:id/bindings', { config: { anyScope: ['read:actions'] } }, (request) =>
    countedPage('bindings', bindingsOf(findTrigger(request.params)).map(shown), request.query),
  );
  // The list is replaced whole: what it leaves out is unbound.
  app.patch('/actions/triggers/:id/bindings', { config: { anyScope: ['update:actions'] } }, (request) => {
    const triggerId = findTrigger(request.params);
    const parsed = BindingsPatch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    const now = isoTime(clock.now());
    const earlier = bindingsOf(triggerId);
    const bindings = parsed.data.bindings.map((asked): ActionBinding => {
      const action = findBound(asked);
      const kept = earlier.find(({ action_id: id }) => id === action.id);
      return {
        id: kept?.id ?? randomUUID(),
        trigger_id: triggerId,
        action_id: action.id,
        display_name: asked.display_name ?? kept?.display_name ?? action.name,
        created_at: kept?.created_at ?? now,
        updated_at: now,
      };
    });
    if (new Set(bindings.map(({ action_id: id }) => id)).size < bindings.length)
      throw invalidBody('bindings: an action can be bound to a trigger once');
    state.actionBindings = [
      ...state.actionBindings.filter(({ trigger_id: id }) => id !== triggerId),
      ...bindings,
    ];
    database.save();
    return { bindings: bindings.map(shown) };
  });
}
