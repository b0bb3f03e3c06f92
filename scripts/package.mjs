import { parseArgs } from 'node:util';
import { log, runCommand } from './lib/cli.mjs';
import { setUpTools } from './lib/setup.mjs';

// Packages the app and prints the files it made. Arguments name the formats. `--quick` compresses
// the Debian package fast rather than well.
await runCommand(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { quick: { type: 'boolean', default: false } },
  });
  await setUpTools();
  // It uses npm packages, so it can only be loaded now.
  const { makePackages } = await import('./lib/packaging.mjs');
  const files = await makePackages(positionals, values.quick);
  if (files.length > 0) log('\nPackages:');
  process.stdout.write(files.map((file) => `${file}\n`).join(''));
});
