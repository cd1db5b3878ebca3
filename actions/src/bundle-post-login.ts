import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

/**
 * The post-login Action as one CommonJS file, the only kind that Auth0 runs: it exports `onExecutePostLogin` and
 * requires nothing but Node's own modules. Its first line is `// idp-relay post-login <stamp>`. The same sources give
 * the same text on every machine.
 * @see https://auth0.com/docs/customize/actions/limitations
 */
export async function bundlePostLogin(): Promise<string> {
  const code = await bundle();
  return `// idp-relay post-login ${stampOf(code)}\n${code}`;
}

/** The mark of the present sources: 16 hexadecimal digits, which change with the code that is deployed. */
export async function postLoginStamp(): Promise<string> {
  return stampOf(await bundle());
}

async function bundle(): Promise<string> {
  const build = await rolldown({
    // Names of files come out in the text, relative to this folder.
    cwd: import.meta.dirname,
    input: join(import.meta.dirname, 'post-login.ts'),
    platform: 'node',
    transform: { target: 'node22' },
  });
  try {
    const { output } = await build.generate({
      format: 'cjs',
      exports: 'named',
      esModule: false,
      generatedCode: { symbols: false },
    });
    return output[0].code;
  } finally {
    await build.close();
  }
}

function stampOf(code: string): string {
  return createHash('sha256').update(code).digest('hex').slice(0, 16);
}
