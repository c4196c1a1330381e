import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    // A zone far from UTC, so that a time read in the machine's own zone turns a test red.
    env: { TZ: 'America/Los_Angeles' },
  },
});
