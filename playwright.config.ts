import { defineConfig } from '@playwright/test';

if (process.platform === 'linux' && (process.env['DISPLAY'] ?? '') === '') {
  throw new Error(
    'The end-to-end tests need a display: run `npm run test:e2e`, which starts a virtual one, or set DISPLAY.',
  );
}

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  // Windows take the focus from each other, so the tests that need it share a worker.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: 'desktop', testMatch: /(alerts|markup|minutes)\.e2e\.ts$/, workers: 1 },
    {
      name: 'window',
      testIgnore: /(alerts|markup|minutes)\.e2e\.ts$/,
      workers: 1,
    },
  ],
  // A test that passes only on a retry has failed.
  retries: 0,
  timeout: 45_000,
  globalTimeout: 14 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: process.env['CI'] !== undefined,
});
