import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import png2icons from 'png2icons';
import pngToIco from 'png-to-ico';
import { log, runCommand } from './lib/cli.mjs';
import { projectFolder } from './lib/paths.mjs';

const resources = join(projectFolder, 'resources');
const sources = join(resources, 'icons');

const LINUX_APP_SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const WINDOWS_APP_SIZES = [16, 20, 24, 32, 40, 48, 64, 256];
/** The part of an app icon that macOS wants empty on each side. */
const MACOS_MARGIN = 100 / 1024;

const LINUX_TRAY_SIZE = 22;
const MACOS_TRAY_SIZE = 18;
const WINDOWS_TRAY_SIZES = [16, 20, 24, 32];

/**
 * Colors by how bright the panel or taskbar is. Each has a contrast of 3 : 1 or more with its panels.
 * Where the panel is unknown, an outline makes the icon visible on any.
 *
 * @type {Record<string, { glyph: string, ringing?: string, missed?: string, outline?: string }>}
 */
const PALETTES = {
  light: { glyph: '#1b1b1b', ringing: '#0b7a3b', missed: '#c8102e' },
  dark: { glyph: '#ffffff', ringing: '#4ade80', missed: '#ff6b6b' },
  unknown: { glyph: '#ffffff', ringing: '#4ade80', missed: '#ff6b6b', outline: '#1b1b1b' },
};
/** macOS colors the icon itself. */
const MACOS_PALETTE = { glyph: '#000000' };

// Renders the SVG files in resources/icons to what the app and the packages load.
await runCommand(async () => {
  await renderAppIcons();
  await rm(join(resources, 'tray'), { recursive: true, force: true });
  const states = readdirSync(join(sources, 'tray', '16')).map((file) => basename(file, '.svg'));
  for (const state of states) {
    await renderTrayIcons(state, false);
    await renderTrayIcons(state, true);
  }
  log(`Rendered the app icon and ${2 * states.length} tray icons.`);
});

async function renderAppIcons() {
  const svg = readFileSync(join(sources, 'app.svg'), 'utf8');
  for (const size of LINUX_APP_SIZES) {
    await write(`icons/${size}x${size}.png`, render(svg, size));
  }
  await write('icons/icon.ico', await pngToIco(WINDOWS_APP_SIZES.map((size) => render(svg, size))));
  const edge = 32 / (1 - 2 * MACOS_MARGIN);
  const start = (32 - edge) / 2;
  const macos = svg.replace(/viewBox="[^"]*"/, `viewBox="${start} ${start} ${edge} ${edge}"`);
  const icns = png2icons.createICNS(render(macos, 1024), png2icons.BICUBIC2, 0);
  if (icns === null) throw new Error('png2icons created no ICNS file');
  await write('icons/icon.icns', icns);
}

/**
 * @param {string} state
 * @param {boolean} isSilent whether to add the moon of Do Not Disturb
 */
async function renderTrayIcons(state, isSilent) {
  const name = isSilent ? `${state}-silent` : state;
  for (const [panel, palette] of Object.entries(PALETTES)) {
    const draw = (/** @type {number} */ size) => drawTrayIcon(state, { size, palette, isSilent });
    await write(`tray/linux/${panel}/${name}.png`, draw(LINUX_TRAY_SIZE));
    await write(`tray/linux/${panel}/${name}@2x.png`, draw(2 * LINUX_TRAY_SIZE));
    await write(`tray/windows/${panel}/${name}.ico`, await pngToIco(WINDOWS_TRAY_SIZES.map(draw)));
  }
  const palette = MACOS_PALETTE;
  for (const [size, suffix] of /** @type {const} */ ([
    [MACOS_TRAY_SIZE, 'Template'],
    [2 * MACOS_TRAY_SIZE, 'Template@2x'],
  ])) {
    await write(
      `tray/macos/${name}${suffix}.png`,
      drawTrayIcon(state, { size, palette, isSilent }),
    );
  }
}

/**
 * @param {string} state
 * @param {{ size: number, palette: typeof PALETTES[string], isSilent: boolean }} options
 */
function drawTrayIcon(state, { size, palette, isSilent }) {
  // The smallest size has its own drawings, with edges on whole pixels.
  const grid = size === 16 ? 16 : 22;
  const source = readContent(join(sources, 'tray', String(grid), `${state}.svg`));
  const { glyph, ringing = glyph, missed = glyph, outline } = palette;
  const moon = readContent(join(sources, 'tray', 'do-not-disturb.svg'));
  const scale = grid / 16;
  // The handset makes room for the moon below it, and keeps its upper right corner.
  const [x, y] = [(grid - scale) / 14, scale / 14];
  const smaller = `class="handset" transform="translate(${x} ${y}) scale(${13 / 14})"`;
  const picture = isSilent
    ? `<mask id="around-moon" maskUnits="userSpaceOnUse" x="0" y="0" width="${grid}" height="${grid}">
        <rect width="${grid}" height="${grid}" fill="#fff"/>
        <g class="clearing" transform="scale(${scale})">${moon}</g>
      </mask>
      <g mask="url(#around-moon)">${source.replace('class="handset"', smaller)}</g>
      <g transform="scale(${scale})">${moon}</g>`
    : source;
  return render(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${grid} ${grid}" color="${glyph}">
      <style>
        .ringing { color: ${ringing} }
        .missed { color: ${missed} }
        .clearing #clearing { fill: #000 }
        .clearing #moon { fill: none }
      </style>
      ${outline === undefined ? picture : `${getOutlineFilter(grid, outline)}<g filter="url(#outline)">${picture}</g>`}
    </svg>`,
    size,
  );
}

/**
 * Returns the content of the root element of an SVG file.
 *
 * @param {string} file
 */
function readContent(file) {
  return readFileSync(file, 'utf8').replace(/^[^]*?<svg[^>]*>|<\/svg>\s*$/g, '');
}

/**
 * @param {number} grid
 * @param {string} color
 */
function getOutlineFilter(grid, color) {
  return `<filter id="outline" filterUnits="userSpaceOnUse" x="0" y="0" width="${grid}" height="${grid}" color-interpolation-filters="sRGB">
    <feGaussianBlur in="SourceAlpha" stdDeviation="${(0.44 * grid) / 16}"/>
    <feComponentTransfer result="wide"><feFuncA type="linear" slope="7"/></feComponentTransfer>
    <feFlood flood-color="${color}"/>
    <feComposite in2="wide" operator="in"/>
    <feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge>
  </filter>`;
}

/**
 * @param {string} svg
 * @param {number} size in pixels
 */
function render(svg, size) {
  const options = { fitTo: { mode: /** @type {const} */ ('width'), value: size } };
  return new Resvg(svg, { ...options, font: { loadSystemFonts: false } }).render().asPng();
}

/**
 * @param {string} path below resources/
 * @param {Buffer} content
 */
async function write(path, content) {
  const file = join(resources, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, content);
}
