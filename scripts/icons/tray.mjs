import { digit, digitBox, plusWidth } from './digits.mjs';
import { handset } from './handset.mjs';

/**
 * @typedef {{ glyph: string, ringing?: string, missed?: string, halo?: string }} Ink the colours:
 *   of the glyph, of a ringing call's waves, of a missed call's dot, and of a thin line around all
 *   of it; what is absent has the glyph's colour, or is not drawn
 * @typedef {{ size: number, margin: number, unit: number, edge: (value: number) => number }} Grid
 *   `size` in px; `unit` is a 16th of it, `edge` so many of them on a whole pixel; `margin` stays
 *   free at the left of the handset and below it, in 16ths
 */

/** @type {Record<string, (grid: Grid, ink: Ink) => string>} */
const pictures = {
  idle: outlined,
  ...Object.fromEntries(
    ['1', '2', '3', '4', '5', '6', '7', '8', '9'].map((count) => [
      `active-${count}`,
      (grid) => filled(grid) + oneDigit(grid, count),
    ]),
  ),
  'active-9plus': (grid) => filled(grid) + ninePlus(grid),
  'ringing-0': (grid, ink) => filled(grid) + inColour(ink.ringing, waves(grid, [4, 7])),
  'ringing-1': (grid, ink) => filled(grid) + inColour(ink.ringing, waves(grid, [4])),
  missed: (grid, ink) => outlined(grid) + returningArrow(grid) + inColour(ink.missed, dot(grid)),
  offline: (grid) => `<g mask="url(#beside-slash)">${outlined(grid)}</g>${slash(grid)}`,
  'sign-in': (grid) => outlined(grid) + exclamationMark(grid),
};

/** What the icon can tell, do not disturb aside. */
export const trayStates = Object.keys(pictures);

/**
 * Draws a tray icon: a handset, and in its hollow at the upper right the sign of the state.
 *
 * @param {string} state one of `trayStates`
 * @param {{ size: number, ink: Ink, silent: boolean }} how `size` in px; `silent` makes room for a
 *   moon in the lower left corner
 * @returns {string} an SVG document
 */
export function trayIcon(state, { size, ink, silent }) {
  const unit = size / 16;
  const grid = {
    size,
    unit,
    margin: silent ? 2 : 1,
    edge: (value) => Math.round(value * unit),
  };
  const picture = pictures[state](grid, ink);
  const body = silent ? `<g mask="url(#beside-moon)">${picture}</g>${moon(grid)}` : picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" color="${ink.glyph}">`,
    besideSlash(grid),
    besideMoon(grid),
    ink.halo ? `${halo(grid, ink.halo)}<g filter="url(#halo)">${body}</g>` : body,
    '</svg>',
  ].join('');
}

function filled({ size, margin }) {
  return `<path d="${handset(size, margin)}" fill="currentColor"/>`;
}

/** The stroke lies inside the edge, where whole pixels are, so its outer half is clipped away. */
function outlined({ size, margin, unit }) {
  const data = handset(size, margin);
  return `<clipPath id="inside"><path d="${data}"/></clipPath><g clip-path="url(#inside)">${line(data, 2.5 * unit)}</g>`;
}

function oneDigit({ size, edge }, character) {
  const { width } = digitBox(size);
  return digit(character, size, { x: size - edge(1) - width, y: edge(1), width });
}

function ninePlus({ size, unit, edge }) {
  const y = edge(1);
  const gap = Math.floor(unit);
  const plus = plusWidth(size);
  const nine = digitBox(size).width - gap;
  return (
    digit('9', size, { x: size - plus - gap - nine, y, width: nine }) +
    digit('+', size, { x: size - plus, y, width: plus })
  );
}

function waves({ size, unit, edge }, reaches) {
  const stroke = 1.6 * unit;
  const centre = edge(8);
  const quarter = (reach) => {
    const radius = edge(reach) - stroke / 2;
    return `M${centre} ${size - centre - radius}a${radius} ${radius} 0 0 1 ${radius} ${radius}`;
  };
  return line(reaches.map(quarter).join(''), stroke, 'butt');
}

/** The call came from the right, and goes back where nobody took it. */
function returningArrow({ size, unit, edge }) {
  const stroke = 1.2 * unit;
  const left = edge(8) + stroke / 2;
  const right = size - edge(0.4) - stroke / 2;
  const top = edge(0.4) + stroke / 2;
  const head = 2.5 * unit;
  const middle = (left + right) / 2;
  const tip = `M${left} ${top + head}V${top}H${left + head}`;
  return line(`${tip}M${left} ${top}L${middle} ${top + middle - left}L${right} ${top}`, stroke);
}

function dot({ size, edge }) {
  const radius = edge(3.25) / 2;
  const [x, y] = [size - edge(0.4) - radius, edge(8) - radius];
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="currentColor"/>`;
}

function exclamationMark({ size, edge }) {
  const width = edge(2);
  const x = size - edge(2) - width;
  const bar = (y, height) =>
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${width / 4}" fill="currentColor"/>`;
  return bar(edge(0.4), edge(5) - edge(0.4)) + bar(edge(8) - width, width);
}

function slash({ unit }) {
  return line(`M${2 * unit} ${14 * unit}L${14 * unit} ${2 * unit}`, 1.5 * unit);
}

function besideSlash({ size, unit }) {
  const hidden = `<path d="M0 ${size}L${size} 0" stroke="#000" stroke-width="${3.5 * unit}"/>`;
  return mask('beside-slash', size, hidden);
}

function moon({ size, unit }) {
  const [x, y] = [3 * unit, size - 3 * unit];
  const shadow = disc(x + 1.5 * unit, y - 1.25 * unit, 2.5 * unit, '#000');
  const lit = disc(x, y, 3 * unit, 'currentColor');
  return `${mask('moonlight', size, shadow)}<g mask="url(#moonlight)">${lit}</g>`;
}

function besideMoon({ size, unit }) {
  return mask('beside-moon', size, disc(3 * unit, size - 3 * unit, 3.9 * unit, '#000'));
}

function mask(id, size, hidden) {
  return `<mask id="${id}" maskUnits="userSpaceOnUse" x="0" y="0" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="#fff"/>${hidden}</mask>`;
}

function halo({ size, unit }, colour) {
  return [
    `<filter id="halo" filterUnits="userSpaceOnUse" x="0" y="0" width="${size}" height="${size}" color-interpolation-filters="sRGB">`,
    `<feGaussianBlur in="SourceAlpha" stdDeviation="${0.44 * unit}"/>`,
    '<feComponentTransfer result="wide"><feFuncA type="linear" slope="7"/></feComponentTransfer>',
    `<feFlood flood-color="${colour}"/><feComposite in2="wide" operator="in"/>`,
    '<feMerge><feMergeNode/><feMergeNode in="SourceGraphic"/></feMerge>',
    '</filter>',
  ].join('');
}

function inColour(colour, picture) {
  return colour ? `<g color="${colour}">${picture}</g>` : picture;
}

function disc(x, y, radius, colour) {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${colour}"/>`;
}

function line(data, width, cap = 'round') {
  return `<path d="${data}" fill="none" stroke="currentColor" stroke-width="${width}" stroke-linecap="${cap}" stroke-linejoin="round"/>`;
}
