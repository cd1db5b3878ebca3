import { setTimeout } from 'node:timers/promises';
import { postLoginAction } from '@idp-relay/actions';
import { Management, ManagementClient } from 'auth0';
import { z } from 'zod';
import { lackingScope } from './deploy-client-refusal.ts';
import { DeployError } from './deploy-error.ts';
import type { DeployCredentials, Environment } from './environment.ts';

const Binding = z.object({
  id: z.string(),
  display_name: z.string().optional(),
  action: z.object({ name: z.string() }),
});

const FirstPage = z.object({ bindings: z.array(z.unknown()), total: z.number().optional() });

/** How the Action is bound. */
export interface BindingOptions {
  readonly environment: Environment;
  readonly credentials: DeployCredentials;
  /** Reaches the tenant; must trust its certificate. */
  readonly fetch: typeof fetch;
  /** Hears of a binding that was made. */
  readonly onProgress: (line: string) => void;
  readonly signal?: AbortSignal;
}

const mostAttempts = 5;
const pauseMs = 2_000;

/**
 * Binds the relay's Action to post-login, after all that are bound already: those may refuse a login, of which the relay
 * must not be told. Where it is bound, its place is left as it is. The Management API replaces the list whole, so all others
 * are named again, by their bindings, which keep their settings; that the deploy CLI cannot do. If one of them cannot be read
 * nothing is changed: to leave it out would unbind it.
 * @throws DeployError, or the signal's reason
 * @see https://auth0.com/docs/api/management/v2/actions/patch-bindings
 */
export async function bindPostLogin(options: BindingOptions): Promise<void> {
  const { environment, credentials, onProgress, signal } = options;
  const { domain } = environment;
  const management = new ManagementClient({ domain, ...credentials, fetch: options.fetch });
  const { name, trigger } = postLoginAction;
  for (let attempt = 1; ; attempt += 1) {
    try {
      if (await bindLast(management)) onProgress(`Bound to ${trigger.id}: ${name}`);
      return;
    } catch (error) {
      if (error instanceof Management.ForbiddenError)
        throw lackingScope(domain, 'read:actions and update:actions');
      // An Action that was deployed this moment may not be known there yet.
      if (!(error instanceof Management.BadRequestError) || attempt === mostAttempts) {
        // The SDK's errors quote the answer, and bindings may have secrets.
        throw new DeployError(
          'deploy_failed',
          `${name} is deployed to ${domain}, but could not be bound to ${trigger.id}. Run the deployment again, or bind it in the tenant’s dashboard: Actions → Triggers → ${trigger.id}.`,
        );
      }
      await setTimeout(pauseMs, undefined, signal && { signal }).catch(() => undefined);
      signal?.throwIfAborted();
    }
  }
}

/** @returns false: it was bound already */
async function bindLast({ actions: { triggers } }: ManagementClient): Promise<boolean> {
  const { name, trigger } = postLoginAction;
  const others: z.infer<typeof Binding>[] = [];
  const pages = await triggers.bindings.list(trigger.id);
  // What is no list is an empty one to the SDK.
  const { total } = FirstPage.parse(pages.response);
  for await (const binding of pages) others.push(Binding.parse(binding));
  if (total !== undefined && total !== others.length) throw new RangeError('not all bindings were read');
  if (others.some(({ action }) => action.name === name)) return false;
  await triggers.bindings.updateMany(trigger.id, {
    bindings: [
      ...others.map(({ id, display_name: shown }) => ({
        ref: { type: 'binding_id' as const, value: id },
        ...(shown !== undefined && { display_name: shown }),
      })),
      { ref: { type: 'action_name', value: name }, display_name: name },
    ],
  });
  return true;
}
