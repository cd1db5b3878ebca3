import type { IdpFetch } from '@idp-relay/client';
import { z } from 'zod';
import { nextPage } from './next-page.ts';

const Repositories = z.array(z.object({ full_name: z.string(), private: z.boolean() }));

/** One repository, as GitHub answers it. */
export type Repository = z.infer<typeof Repositories>[number];

/** GitHub itself said no, or something else than repositories. */
export class GithubAnswerError extends Error {
  /** Stable; branch on this. */
  readonly code = 'github_answer';
  /** HTTP status of GitHub's answer. */
  readonly status: number;
  constructor(status: number, text: string) {
    super(`GitHub answered with status ${status}: ${text}`);
    this.name = 'GithubAnswerError';
    this.status = status;
  }
}

/**
 * A user's repositories, page by page.
 * @throws RelayProblem where the relay refuses the call, GithubAnswerError where GitHub does
 * @see https://docs.github.com/en/rest/repos/repos#list-repositories-for-the-authenticated-user
 */
export async function* listRepositories(
  idp: IdpFetch,
  userId: string,
  identity?: string,
): AsyncGenerator<Repository> {
  let page: `/${string}` | undefined = '/user/repos?per_page=100';
  while (page !== undefined) {
    const response: Response = await idp('github', page, {
      userId,
      ...(identity !== undefined && { identity }),
    });
    // The relay hands GitHub's answer on as it is, a refusal too.
    const body: unknown = await response.json().catch(() => undefined);
    const repositories = Repositories.safeParse(body);
    if (!response.ok || !repositories.success)
      throw new GithubAnswerError(response.status, messageOf(body) ?? 'not a list of repositories');
    yield* repositories.data;
    page = nextPage(page, response.headers.get('link'));
  }
}

function messageOf(body: unknown): string | undefined {
  return z.object({ message: z.string() }).safeParse(body).data?.message;
}
