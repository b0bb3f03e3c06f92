import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { appIcon } from './icons/app.mjs';
import { icns, ico } from './icons/containers.mjs';
import { png } from './icons/png.mjs';
import { trayIcon, trayStates } from './icons/tray.mjs';
import { projectFolder } from './setup/places.mjs';
import { command, say } from './setup/say.mjs';

const resources = join(projectFolder, 'resources');

const linuxSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 256];
/** The share that macOS's template for icons leaves free on each side. */
const macosMargin = 100 / 1024;

/** Colours by the panel that the icon lies on. Each is 3 : 1 or better on the panels it is for. */
const inks = {
  light: { glyph: '#1b1b1b', ringing: '#0b7a3b', missed: '#c8102e' },
  dark: { glyph: '#ffffff', ringing: '#4ade80', missed: '#ff6b6b' },
  unknown: { glyph: '#ffffff', ringing: '#4ade80', missed: '#ff6b6b', halo: '#1b1b1b' },
};

/** What each desktop loads, by folder. */
const trayVariants = [
  // macOS colours a template itself; the name tells it that this is one.
  { folder: 'macos', ink: { glyph: '#000000' }, draw: pngPair(18, 'Template') },
  ...Object.entries(inks).flatMap(([panel, ink]) => [
    { folder: `linux/${panel}`, ink, draw: pngPair(22, '') },
    // Of a PNG, Electron hands Windows one size only, whatever the screen's scale.
    { folder: `windows/${panel}`, ink, draw: icoOf([16, 20, 24, 32]) },
  ]),
];

/** Draws every icon anew into `resources`. The only script that needs a package: it renders SVG. */
await command(async () => {
  say(`${await drawAppIcons()} app icons`);
  say(`${await drawTrayIcons()} tray icons`);
});

async function drawAppIcons() {
  const folder = join(resources, 'icons');
  await rm(folder, { recursive: true, force: true });
  const svg = appIcon();
  const macos = appIcon({ margin: macosMargin });
  const files = [
    ['app.svg', svg],
    ...linuxSizes.map((size) => [`${size}x${size}.png`, render(svg, size)]),
    ['icon.ico', ico(windowsSizes.map((size) => ({ size, png: render(svg, size) })))],
    ['icon.icns', icns((size) => render(macos, size))],
  ];
  await Promise.all(files.map(([name, content]) => write(join(folder, name), content)));
  return files.length;
}

async function drawTrayIcons() {
  const folder = join(resources, 'tray');
  await rm(folder, { recursive: true, force: true });
  const files = trayVariants.flatMap((variant) =>
    trayStates.flatMap((state) =>
      [false, true].flatMap((silent) =>
        variant.draw(`${variant.folder}/${state}${silent ? '-silent' : ''}`, (size) =>
          render(trayIcon(state, { size, ink: variant.ink, silent }), size),
        ),
      ),
    ),
  );
  await Promise.all(files.map(([name, content]) => write(join(folder, name), content)));
  return files.length;
}

/** One picture, and one of twice the size, which Electron finds by its name. */
function pngPair(size, ending) {
  return (name, picture) => [
    [`${name}${ending}.png`, picture(size)],
    [`${name}${ending}@2x.png`, picture(2 * size)],
  ];
}

function icoOf(sizes) {
  return (name, picture) => [
    [`${name}.ico`, ico(sizes.map((size) => ({ size, png: picture(size) })))],
  ];
}

function render(svg, size) {
  const options = { fitTo: { mode: 'width', value: size }, font: { loadSystemFonts: false } };
  return png(new Resvg(svg, options).render());
}

async function write(file, content) {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
