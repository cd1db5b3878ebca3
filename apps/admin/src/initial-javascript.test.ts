import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { z } from 'zod/mini';

/** Bytes, compressed: what a browser loads before anything is seen. */
const mostInitialBytes = 250_000;

const Chunk = z.object({
  file: z.string(),
  isEntry: z.optional(z.boolean()),
  imports: z.optional(z.array(z.string())),
});
const Manifest = z.record(z.string(), Chunk);

const built = join(import.meta.dirname, '..', 'dist');

it('the JavaScript of the first page stays small', () => {
  const manifest = Manifest.parse(JSON.parse(readFileSync(join(built, '.vite', 'manifest.json'), 'utf8')));
  const initial = new Set<string>();
  const collect = (name: string): void => {
    const chunk = manifest[name];
    if (chunk === undefined || initial.has(chunk.file)) return;
    initial.add(chunk.file);
    for (const imported of chunk.imports ?? []) collect(imported);
  };
  for (const [name, { isEntry }] of Object.entries(manifest)) if (isEntry === true) collect(name);
  const sizes = [...initial].map((file) => gzipSync(readFileSync(join(built, file))).byteLength);
  expect(sizes.length).toBeGreaterThan(0);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(mostInitialBytes);
});
