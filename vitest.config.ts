import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const common = {
  // Long enough for a busy machine.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // On CI, a failed test is repeated once.
  retry: process.env['CI'] === undefined ? 0 : 1,
  // Keeps the electron package from downloading its binary when a test imports it.
  env: { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' },
};

export default defineConfig({
  test: {
    maxWorkers: '100%',
    // Only the tests of `main` replace modules. The others share workers, which needs one group per
    // project: a worker is reused only for the same project.
    projects: [
      {
        test: {
          ...common,
          name: 'core',
          sequence: { groupOrder: 0 },
          isolate: false,
          environment: 'node',
          include: ['test/{core,demo,scripts,shared}/**/*.test.ts'],
          setupFiles: ['test/seed.ts'],
        },
      },
      {
        test: {
          ...common,
          name: 'main',
          sequence: { groupOrder: 1 },
          environment: 'node',
          include: ['test/main/**/*.test.ts'],
          setupFiles: ['test/seed.ts'],
        },
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          ...common,
          name: 'renderer',
          sequence: { groupOrder: 2 },
          isolate: false,
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.ts'],
          setupFiles: ['test/renderer/setup.ts'],
        },
      },
    ],
  },
});
