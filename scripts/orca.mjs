import { runCommand } from './lib/cli.mjs';
import { runTestsOnDemand } from './lib/test-runs.mjs';

const TIMEOUT_MS = 10 * 60_000;

// Runs the tests with the screen reader Orca, on Linux only. Arguments are passed to Playwright.
await runCommand(() => runTestsOnDemand('orca', TIMEOUT_MS));
