import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** In milliseconds. Long enough for a busy machine. */
const timeouts = { testTimeout: 30_000, hookTimeout: 30_000 };

/** On CI, a failed test is repeated once. */
const retry = process.env['CI'] === undefined ? 0 : 1;

/** Keeps the electron package from downloading its binary when a test imports it. */
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...timeouts,
          retry,
          env,
          name: 'node',
          environment: 'node',
          include: ['test/{core,main,demo,scripts,shared}/**/*.test.ts'],
          setupFiles: ['test/seed.ts'],
        },
      },
      {
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          ...timeouts,
          retry,
          env,
          name: 'renderer',
          environment: 'jsdom',
          include: ['test/renderer/**/*.test.ts'],
          setupFiles: ['test/renderer/setup.ts'],
        },
      },
    ],
  },
});
