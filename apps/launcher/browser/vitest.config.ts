import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The drive that looks for leaks renews and checks every token: what shows the samples as they were seeded goes before it. */
class LeaksLast extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): string =>
      `${moduleId.includes('leaks') ? '1' : '0'} ${moduleId}`;
    return files.toSorted((first, second) => rank(first).localeCompare(rank(second)));
  }
}

/** Tests in a real Chromium, against everything that `npm start` runs. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    globalSetup: ['installation-setup.ts'],
    // All share one installation, and two Chromiums would only wait for each other on a small machine.
    fileParallelism: false,
    sequence: { sequencer: LeaksLast },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
