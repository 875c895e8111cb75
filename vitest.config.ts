import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/support/count-reporter.js';
import { LongestFirst } from './test/support/longest-first.js';

/** Limits that only a hanging test reaches, in milliseconds. */
const realTime = { testTimeout: 180_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    reporters: ['default', new CountReporter()],
    allowOnly: false,
    passWithNoTests: false,
    server: { deps: { inline: ['@actions/workflow-parser'] } }, // it imports JSON as bundlers take it, and Node does not
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts', 'scenarios/**/*.test.js'],
          exclude: ['test/e2e/**', 'test/e2e-quiet/**', 'test/fixtures/**'],
          maxWorkers: '100%', // vitest's own choice, one less than the cores, is one at a time on two cores
          testTimeout: 30_000, // a property test, on a machine that does much else besides
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e', // words, codes, counts: true on a busy machine as well, so two files at a time
          include: ['test/e2e/**/*.test.ts'],
          maxWorkers: 2,
          maxConcurrency: 2, // of the tests of one file that mostly wait
          sequence: { groupOrder: 1 },
          ...realTime,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e-quiet', // times and rates: one file at a time, with nothing beside it
          include: ['test/e2e-quiet/**/*.test.ts'],
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
          ...realTime,
        },
      },
    ],
  },
});
