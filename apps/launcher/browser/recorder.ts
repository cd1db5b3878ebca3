import type { BrowserContext, Response } from 'playwright-core';
import { z } from 'zod';
import type { Artifact } from '../src/leak-search.ts';

/** What a browser received and complained of. */
export interface Recorder {
  /** Errors of the console and of scripts, violations of the Content-Security-Policy among them. */
  readonly errors: readonly string[];
  /** Every answer so far. Waits for those whose body is still under way. */
  answers(): Promise<readonly Artifact[]>;
}

/** Begins the console's own line for every answer with a status of 400 or more, and for none at all. */
const refusedAnswer = 'Failed to load resource:';

const TokenAnswer = z.looseObject({
  access_token: z.unknown(),
  refresh_token: z.unknown(),
  id_token: z.string().optional(),
});

/** Records a browser's answers and errors from now on. Refusals of the relay are no errors of the page. */
export function record(context: BrowserContext): Recorder {
  const errors: string[] = [];
  const answers: Promise<Artifact>[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' && !message.text().startsWith(refusedAnswer)) errors.push(message.text());
  });
  context.on('weberror', (error) => void errors.push(error.error().message));
  context.on('response', (response) => void answers.push(read(response)));
  return { errors, answers: () => Promise.all(answers) };
}

async function read(response: Response): Promise<Artifact> {
  const url = new URL(response.url());
  const source = `${response.request().method()} ${url.origin}${url.pathname}: ${response.status()}`;
  const headers = JSON.stringify(await response.allHeaders().catch(() => ({})));
  // A redirect has no body, and one whose page was left behind is gone.
  const body = await response.text().catch(() => '');
  const isTokenAnswer = url.pathname === '/oauth/token' && response.ok() && body !== '';
  return { source, text: `${headers}\n${isTokenAnswer ? withoutOwnTokens(body) : body}` };
}

/** The dashboard's own tokens of the tenant are its to have; whatever else came with them is searched. */
function withoutOwnTokens(body: string): string {
  const {
    access_token: _access,
    refresh_token: _refresh,
    id_token: idToken,
    ...rest
  } = TokenAnswer.parse(JSON.parse(body));
  const claims = Buffer.from(idToken?.split('.')[1] ?? '', 'base64url').toString();
  return `${JSON.stringify(rest)}\n${claims}`;
}
