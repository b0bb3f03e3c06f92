import { digitStrokes } from './strokes.mjs';

/** Drawn pixel by pixel for 16 px, where no curve is left to chance. */
const pixels = {
  1: ['..##.', '.###.', '..##.', '..##.', '..##.', '..##.', '..##.'],
  2: ['.###.', '##.##', '...##', '..##.', '.##..', '##...', '#####'],
  3: ['####.', '...##', '...##', '.###.', '...##', '...##', '####.'],
  4: ['...##', '..###', '.####', '##.##', '#####', '...##', '...##'],
  5: ['#####', '##...', '####.', '...##', '...##', '##.##', '.###.'],
  6: ['.###.', '##...', '####.', '##.##', '##.##', '##.##', '.###.'],
  7: ['#####', '...##', '...##', '..##.', '..##.', '.##..', '.##..'],
  8: ['.###.', '##.##', '##.##', '.###.', '##.##', '##.##', '.###.'],
  9: ['.###.', '##.##', '##.##', '##.##', '.####', '...##', '.###.'],
  '+': ['...', '...', '.#.', '###', '.#.', '...', '...'],
};

/** Beside the plus sign there is less room. */
const narrowNine = ['.###', '#.##', '#.##', '####', '..##', '..##', '###.'];

/**
 * @param {number} size of the icon in px
 * @returns {{ width: number, height: number, stroke: number }} of one digit, in whole px
 */
export function digitBox(size) {
  return {
    width: Math.round((5 * size) / 16),
    height: Math.round((7 * size) / 16),
    stroke: Math.max(2, Math.round((1.5 * size) / 16)),
  };
}

/**
 * A digit or a plus sign.
 *
 * @param {string} character 1 to 9, or +
 * @param {number} size of the icon in px
 * @param {{ x: number, y: number, width: number }} box its left and upper edge and its width, in px;
 *   its height follows from the size
 * @returns {string} an SVG element in the colour of its surroundings
 */
export function digit(character, size, { x, y, width }) {
  if (size === 16) {
    const narrow = character === '9' && width < digitBox(size).width;
    return pixelDigit(narrow ? narrowNine : pixels[character], x, y);
  }
  return character === '+' ? plus(size, x, y) : strokeDigit(character, size, { x, y, width });
}

function pixelDigit(rows, x, y) {
  const runs = rows.flatMap((row, line) =>
    [...row.matchAll(/#+/g)].map(
      ({ index, 0: run }) => `M${x + index} ${y + line}h${run.length}v1h-${run.length}z`,
    ),
  );
  return `<path d="${runs.join('')}" fill="currentColor"/>`;
}

function strokeDigit(character, size, { x, y, width }) {
  const { height, stroke } = digitBox(size);
  const data = digitStrokes(character, { width, height, stroke });
  return `<path transform="translate(${x} ${y})" d="${data}" fill="none" stroke="currentColor" stroke-width="${stroke}" stroke-linejoin="round"/>`;
}

function plus(size, x, y) {
  const { arm, stroke } = plusBox(size);
  const span = 2 * arm + stroke;
  const top = y + Math.round((digitBox(size).height - span) / 2);
  return `<path d="M${x} ${top + arm}h${span}v${stroke}h-${span}zM${x + arm} ${top}h${stroke}v${span}h-${stroke}z" fill="currentColor"/>`;
}

/** Width of the plus sign in whole px. */
export function plusWidth(size) {
  const { arm, stroke } = plusBox(size);
  return 2 * arm + stroke;
}

function plusBox(size) {
  return {
    arm: Math.round((1.3 * size) / 16),
    stroke: Math.round(size / 20),
  };
}
