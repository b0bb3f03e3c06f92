// Runs the app whose folder is the first argument that isn't a switch, as Electron's default app does.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const argument = process.argv.slice(1).find((text) => !text.startsWith('-'));
if (argument === undefined) {
  process.stderr.write('Name the folder of an app as the first argument.\n');
  app.exit(1);
} else {
  const folder = resolve(argument);
  const { name, productName, version, main, desktopName } = JSON.parse(
    readFileSync(join(folder, 'package.json'), 'utf8'),
  );
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  app.setName(productName ?? name);
  if (version !== undefined) app.setVersion?.(version);
  app.setDesktopName?.(desktopName ?? `${app.getName()}.desktop`);
  app.setAppPath(folder);
  await import(pathToFileURL(join(folder, main ?? 'index.js')).href);
}
