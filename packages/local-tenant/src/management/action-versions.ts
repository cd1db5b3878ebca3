import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Action, ActionContent, ActionVersion } from '../actions/action-state.ts';
import { isoTime } from '../clock.ts';
import type { LocalTenantContext } from '../local-tenant-context.ts';
import { findAction } from './find-action.ts';
import { notFound } from './management-error.ts';
import { countedPage } from './paging.ts';
import { shownVersion } from './shown-action.ts';

/** Older ones are forgotten: each holds up to 100 kB of code. */
const mostVersions = 10;
const VersionPath = z.object({ versionId: z.string() });

/** Deployment of Actions, and the versions that come of it. */
export function registerActionVersions(app: FastifyInstance, { database, clock }: LocalTenantContext): void {
  const { state } = database;
  const findVersion = (action: Action, params: unknown): ActionVersion => {
    const { versionId } = VersionPath.parse(params);
    const version = action.versions.find(({ id }) => id === versionId);
    if (version === undefined) throw notFound('action version', 'inexistent_action_version');
    return version;
  };

  app.get('/actions/actions/:id/versions', { config: { anyScope: ['read:actions'] } }, (request) => {
    const action = findAction(state, request.params);
    const versions = action.versions.toReversed().map((version) => shownVersion(action, version));
    return countedPage('versions', versions, request.query);
  });
  app.get(
    '/actions/actions/:id/versions/:versionId',
    { config: { anyScope: ['read:actions'] } },
    (request) => {
      const action = findAction(state, request.params);
      return shownVersion(action, findVersion(action, request.params));
    },
  );
  app.post('/actions/actions/:id/deploy', { config: { anyScope: ['create:actions'] } }, (request, reply) => {
    const action = findAction(state, request.params);
    const version = deployDraft(action, isoTime(clock.now()));
    database.save();
    return reply.code(202).send(shownVersion(action, version));
  });
  // Going back deploys a copy of the old version, and makes it the draft.
  app.post(
    '/actions/actions/:id/versions/:versionId/deploy',
    { config: { anyScope: ['create:actions'] } },
    (request, reply) => {
      const action = findAction(state, request.params);
      Object.assign(action, contentOf(findVersion(action, request.params)));
      const version = deployDraft(action, isoTime(clock.now()));
      database.save();
      return reply.code(202).send(shownVersion(action, version));
    },
  );
}

/**
 * Makes the draft the version that runs.
 * @param now ISO 8601
 * @see https://auth0.com/docs/customize/actions/manage-versions
 */
export function deployDraft(action: Action, now: string): ActionVersion {
  const version: ActionVersion = {
    ...contentOf(action),
    id: randomUUID(),
    number: (action.versions.at(-1)?.number ?? 0) + 1,
    created_at: now,
  };
  action.versions = [...action.versions, version].slice(-mostVersions);
  action.deployed_version_id = version.id;
  action.all_changes_deployed = true;
  action.updated_at = now;
  return version;
}

function contentOf({ code, runtime, dependencies, secrets }: ActionContent): ActionContent {
  return structuredClone({ code, runtime, dependencies, secrets });
}
