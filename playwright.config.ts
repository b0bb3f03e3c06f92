import { defineConfig } from '@playwright/test';

if (process.platform === 'linux' && (process.env['DISPLAY'] ?? '') === '') {
  throw new Error(
    'The end-to-end tests need a display: run `npm run test:e2e`, which starts a virtual one, or set DISPLAY.',
  );
}

// Windows on the same display take the focus from each other, so each worker has its own.
const displays = process.env['RINGSIDE_E2E_DISPLAYS']?.split(' ') ?? [];
const workerDisplay = displays[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)];
if (workerDisplay !== undefined) process.env['DISPLAY'] = workerDisplay;

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results',
  globalSetup: './test/e2e/support/displays.ts',
  workers: 3,
  fullyParallel: false,
  // On CI, a test that passes only when it's repeated is reported as flaky.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 45_000,
  globalTimeout: 14 * 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  forbidOnly: process.env['CI'] !== undefined,
});
