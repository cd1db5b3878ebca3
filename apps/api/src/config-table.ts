import { z } from 'zod';
import { environmentSchema } from './config.ts';

/** The table of environment variables for the README, made from their schema. */
export function configTable(): string {
  const rows = Object.entries(environmentSchema.shape).map(([name, schema]) => {
    const fallback = z.safeParse(schema, undefined);
    const value = !fallback.success
      ? 'required'
      : fallback.data === undefined
        ? ''
        : JSON.stringify(fallback.data);
    return `| \`${name}\` | ${schema.description ?? ''} | ${value === '' ? '' : `\`${value}\``} |`.replace(
      '`required`',
      '**required**',
    );
  });
  return ['| variable | meaning | default |', '| --- | --- | --- |', ...rows].join('\n');
}
