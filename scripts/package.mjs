import { ensureBuilt } from './setup/build.mjs';
import { command, say } from './setup/say.mjs';
import { setUpTools } from './setup/set-up.mjs';

/**
 * Packages the app and prints the files it made. Arguments name the formats; `--quick` packs them
 * fast rather than small.
 */
await command(async () => {
  const args = process.argv.slice(2);
  await setUpTools();
  await ensureBuilt();
  // The packager is among the packages that the line above may have had to install.
  const { makePackages } = await import('./package/make.mjs');
  const files = await makePackages({
    formats: args.filter((argument) => !argument.startsWith('--')),
    quick: args.includes('--quick'),
  });
  if (files.length > 0) say('\nMade:');
  process.stdout.write(files.map((file) => `${file}\n`).join(''));
});
