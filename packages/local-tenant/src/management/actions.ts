import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Action, ActionContent } from '../actions/action-state.ts';
import { postLoginTrigger } from '../actions/post-login-trigger.ts';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { ActionCreation, ActionPatch, changedContent } from './action-request.ts';
import { deployDraft } from './action-versions.ts';
import { findAction } from './find-action.ts';
import { invalidBody, invalidQuery } from './management-error.ts';
import { countedPage } from './paging.ts';
import { shownAction } from './shown-action.ts';

// Auth0 refuses parameters that it does not know here, `include_totals` among them.
const Filter = z.strictObject({
  triggerId: z.string().optional(),
  actionName: z.string().optional(),
  deployed: z.stringbool().optional(),
  installed: z.stringbool().optional(),
  page: z.string().optional(),
  per_page: z.string().optional(),
});
const Deletion = z.object({ force: z.stringbool().default(false) });
const emptyContent: ActionContent = {
  code: 'module.exports = () => {}',
  runtime: postLoginTrigger.default_runtime,
  dependencies: [],
  secrets: [],
};

/** Actions: a draft each, which deployment turns into the version that runs. */
export function registerActions(app: FastifyInstance, { database, clock }: LocalTenantContext): void {
  const { state } = database;
  const refuseNameTwice = (name: string, own?: Action): void => {
    if (state.actions.some((action) => action !== own && action.name === name))
      throw invalidBody(`name: an action with the name ${name} exists already`);
  };

  app.get('/actions/actions', { config: { anyScope: ['read:actions'] } }, (request) => {
    const parsed = Filter.safeParse(request.query);
    if (!parsed.success) throw invalidQuery(z.prettifyError(parsed.error));
    const { triggerId, actionName, deployed, installed } = parsed.data;
    const actions = state.actions.filter(
      (action) =>
        (triggerId === undefined || action.supported_triggers.some(({ id }) => id === triggerId)) &&
        (actionName === undefined || action.name === actionName) &&
        (deployed === undefined || (action.deployed_version_id !== undefined) === deployed) &&
        // Installed ones come from Auth0's Marketplace.
        installed !== true,
    );
    return countedPage('actions', actions.map(shownAction), request.query);
  });
  app.get('/actions/actions/:id', { config: { anyScope: ['read:actions'] } }, (request) =>
    shownAction(findAction(state, request.params)),
  );
  app.post('/actions/actions', { config: { anyScope: ['create:actions'] } }, (request, reply) => {
    const parsed = ActionCreation.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    const { name, supported_triggers, deploy, ...content } = parsed.data;
    refuseNameTwice(name);
    const now = isoTime(clock.now());
    const action: Action = {
      ...changedContent(emptyContent, content, now),
      id: randomUUID(),
      name,
      supported_triggers,
      created_at: now,
      updated_at: now,
      all_changes_deployed: false,
      versions: [],
    };
    if (deploy) deployDraft(action, now);
    state.actions.push(action);
    database.save();
    return reply.code(201).send(shownAction(action));
  });
  app.patch('/actions/actions/:id', { config: { anyScope: ['update:actions'] } }, (request) => {
    const action = findAction(state, request.params);
    const parsed = ActionPatch.safeParse(request.body);
    if (!parsed.success) throw invalidBody(z.prettifyError(parsed.error));
    const { name = action.name, supported_triggers: triggers, ...content } = parsed.data;
    refuseNameTwice(name, action);
    const now = isoTime(clock.now());
    Object.assign(action, changedContent(action, content, now), {
      name,
      supported_triggers: triggers ?? action.supported_triggers,
      updated_at: now,
      all_changes_deployed: false,
    });
    database.save();
    return shownAction(action);
  });
  app.delete('/actions/actions/:id', { config: { anyScope: ['delete:actions'] } }, (request, reply) => {
    const action = findAction(state, request.params);
    const { force } = Deletion.parse(request.query);
    if (!force && state.actionBindings.some(({ action_id: id }) => id === action.id))
      throw invalidQuery('The action is bound to a trigger; unbind it first, or delete it with force=true');
    state.actionBindings = state.actionBindings.filter(({ action_id: id }) => id !== action.id);
    state.actions.splice(state.actions.indexOf(action), 1);
    database.save();
    return reply.code(204).send();
  });
  app.get('/actions/modules', { config: { anyScope: ['read:actions'] } }, (request) =>
    countedPage('modules', [], request.query),
  );
}
