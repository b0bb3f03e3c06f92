import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** Ms: for what hangs, and not for what is slow on a busy machine. */
const patience = { testTimeout: 30_000, hookTimeout: 30_000 };

/**
 * Where no Electron is. Its package, once something loads it, fetches one over the network unless
 * it is told that there is one.
 */
const env = { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...patience,
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
          ...patience,
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
