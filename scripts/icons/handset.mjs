/**
 * The outline of a handset that leans to the left, its hollow towards the upper right. Straight
 * edges lie on whole pixels, so that it stays crisp at every size.
 *
 * @param {number} size of the square it is drawn for, in px
 * @param {number} [margin] what stays free at the left and below, in 16ths of the size; above and
 *   at the right it is one
 * @returns {string} the path data
 */
export function handset(size, margin = 1) {
  const scale = (15 - margin) / 14;
  const unit = (scale * size) / 16;
  /** @param {number} value in 16ths of the size */
  const edge = (value) => Math.round((value * size) / 16);
  const [x, y, end] = [edge(margin), edge(1), edge(margin + 5 * scale)];
  const corner = 1.5 * unit;

  const ear = {
    left: [x, y + corner],
    top: [x + corner, y],
    right: [end - corner, y],
    side: [end, y + corner],
    chin: [end, y + 3.9 * unit],
    throat: [x + 4.65 * unit, y + 5.1 * unit],
    neck: [x + 4.42 * unit, y + 6.3 * unit],
  };
  /** The piece at the mouth is the one at the ear, mirrored about the rising diagonal. */
  const mouth = Object.fromEntries(
    Object.entries(ear).map(([name, [across, down]]) => [name, [size - down, size - across]]),
  );
  return [
    `M${at(ear.left)}`,
    bulge(corner, ear.top),
    `L${at(ear.right)}`,
    bulge(corner, ear.side),
    `L${at(ear.chin)}`,
    bulge(1.8 * unit, ear.throat),
    hollow(1.15 * unit, ear.neck),
    hollow(9.5 * unit, mouth.neck),
    hollow(1.15 * unit, mouth.throat),
    bulge(1.8 * unit, mouth.chin),
    `L${at(mouth.side)}`,
    bulge(corner, mouth.right),
    `L${at(mouth.top)}`,
    bulge(corner, mouth.left),
    bulge(size - x - y - corner, ear.left),
    'Z',
  ].join('');
}

function bulge(radius, point) {
  return `A${round(radius)} ${round(radius)} 0 0 1 ${at(point)}`;
}

function hollow(radius, point) {
  return `A${round(radius)} ${round(radius)} 0 0 0 ${at(point)}`;
}

function at([x, y]) {
  return `${round(x)} ${round(y)}`;
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
