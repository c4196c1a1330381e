import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // Left to itself it keeps a core for watching, which a run does not do.
    maxWorkers: '100%',
    // A zone far from UTC, so that a time read in the machine's own zone turns a test red.
    env: { TZ: 'America/Los_Angeles' },
  },
});
