import { defineConfig } from 'vitest/config';

/** Tests in a real Chromium, against everything that `npm start` runs. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: ['installation-setup.ts'],
    // All share one installation, and two Chromiums would only wait for each other on a small machine.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
