import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/core/alerts/**/*.test.ts', 'test/core/log/**/*.test.ts'],
    setupFiles: ['test/seed.ts'],
    env: { RINGSIDE_SEQUENCES: '200', RINGSIDE_SEED: '1' },
  },
});
