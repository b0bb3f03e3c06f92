import { inWords } from './checks/count.mjs';
import { endToEnd } from './checks/stages.mjs';
import { ensureBuilt } from './setup/build.mjs';
import { command, say } from './setup/say.mjs';
import { hasDisplay, setUp } from './setup/set-up.mjs';

/** Runs the end-to-end tests; further arguments go to Playwright. */
await command(async () => {
  const electron = await setUp({ display: !hasDisplay(), session: true, tests: true });
  await ensureBuilt();
  const count = await endToEnd(electron, process.argv.slice(2));
  say(inWords(count));
  return count.failed === 0 ? 0 : 1;
});
