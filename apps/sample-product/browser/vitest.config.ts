import { defineConfig } from 'vitest/config';

/** Tests in a real Chromium, against everything that `npm start` runs. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: ['start-everything.ts'],
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
