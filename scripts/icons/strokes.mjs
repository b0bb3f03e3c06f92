/**
 * The line in the middle of a digit's stroke. All straight parts lie so that their edges fall on
 * whole pixels.
 *
 * @param {string} character 1 to 9
 * @param {{ width: number, height: number, stroke: number }} box in whole px
 * @returns {string} the path data, from the box's upper left corner
 */
export function digitStrokes(character, { width, height, stroke }) {
  const draw = digits[character];
  if (!draw) throw new Error(`there is no drawing of ${character}`);
  const [left, right] = [stroke / 2, width - stroke / 2];
  const [top, bottom] = [stroke / 2, height - stroke / 2];
  const middle = Math.round((height - stroke) / 2) + stroke / 2;
  const stem = Math.floor((width - stroke) / 2) + stroke / 2;
  // The widest bends that fit: over the whole width, in the upper and in the lower half.
  const bend = (width - stroke) / 2;
  const upper = Math.min(bend, (middle - top) / 2);
  const lower = Math.min(bend, (bottom - middle) / 2);
  const lines = { width, height, stroke, left, right, top, bottom, middle, stem };
  return draw({ ...lines, bend, upper, lower }).join('');
}

const digits = {
  1: ({ left, top, stem, height }) => [`M${left} ${top + stem - left}L${stem} ${top}V${height}`],
  2: ({ left, right, top, bottom, middle, bend, lower, width }) => [
    `M${left} ${top + bend}`,
    clockwise(bend, left + bend, top),
    clockwise(bend, right, top + bend),
    `C${right} ${middle + lower / 2} ${left} ${middle + lower / 2} ${left} ${bottom}`,
    `H${width}`,
  ],
  3: ({ right, top, middle, upper, stroke, ...lines }) => [
    `M0 ${top}H${right - upper}`,
    clockwise(upper, right, top + upper),
    `V${middle - upper}`,
    clockwise(upper, right - upper, middle),
    `H${stroke}`,
    ...belly({ right, middle, ...lines }),
  ],
  4: ({ left, right, top, stroke, width, height }) => {
    const bar = Math.round(height * 0.64) + stroke / 2;
    const post = right - Math.round(stroke / 2);
    return [`M${post} ${height}V${top}L${left} ${bar}H${width}`];
  },
  5: ({ left, top, width, middle, ...lines }) => [
    `M${width} ${top}H${left}V${middle}`,
    ...belly({ middle, ...lines }),
  ],
  6: ({ left, right, top, bottom, middle, bend, lower }) => [
    `M${right} ${top}H${left + bend}`,
    counterclockwise(bend, left, top + bend),
    `V${bottom - lower}`,
    counterclockwise(lower, left + lower, bottom),
    `H${right - lower}`,
    counterclockwise(lower, right, bottom - lower),
    `V${middle + lower}`,
    counterclockwise(lower, right - lower, middle),
    `H${left}`,
  ],
  7: ({ right, top, stem, height }) => [`M0 ${top}H${right}L${stem} ${height}`],
  8: ({ left, right, top, bottom, middle, upper, lower }) => [
    ...loop({ left, right, top, bottom: middle, radius: upper }),
    ...loop({ left, right, top: middle, bottom, radius: lower }),
  ],
  9: ({ left, right, top, bottom, middle, bend, upper }) => [
    `M${left} ${bottom}H${right - bend}`,
    counterclockwise(bend, right, bottom - bend),
    `V${top + upper}`,
    counterclockwise(upper, right - upper, top),
    `H${left + upper}`,
    counterclockwise(upper, left, top + upper),
    `V${middle - upper}`,
    counterclockwise(upper, left + upper, middle),
    `H${right}`,
  ],
};

/** The lower half of 3 and 5. */
function belly({ right, bottom, middle, lower }) {
  return [
    `H${right - lower}`,
    clockwise(lower, right, middle + lower),
    `V${bottom - lower}`,
    clockwise(lower, right - lower, bottom),
    'H0',
  ];
}

/** A half of 8. */
function loop({ left, right, top, bottom, radius }) {
  return [
    `M${left + radius} ${top}H${right - radius}`,
    clockwise(radius, right, top + radius),
    `V${bottom - radius}`,
    clockwise(radius, right - radius, bottom),
    `H${left + radius}`,
    clockwise(radius, left, bottom - radius),
    `V${top + radius}`,
    clockwise(radius, left + radius, top),
    'Z',
  ];
}

function clockwise(radius, x, y) {
  return `A${radius} ${radius} 0 0 1 ${x} ${y}`;
}

function counterclockwise(radius, x, y) {
  return `A${radius} ${radius} 0 0 0 ${x} ${y}`;
}
