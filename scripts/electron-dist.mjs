import { ensureElectronForPackaging } from './setup/electron.mjs';
import { command, say } from './setup/say.mjs';
import { setUpTools } from './setup/set-up.mjs';

/** Prints the folder of an Electron in the form packagers take; its file `version` says which. */
await command(async () => {
  await setUpTools();
  const { folder, isPinned } = await ensureElectronForPackaging();
  if (!isPinned) say('A package made of the older runtime is for trying out, not for release.');
  process.stdout.write(`${folder}\n`);
});
