import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: '.',
  testMatch: '*.orca.ts',
  outputDir: '../../test-results',
  workers: 1,
  retries: 0,
  timeout: 3 * 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
});
