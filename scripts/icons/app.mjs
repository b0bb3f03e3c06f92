import { handset } from './handset.mjs';

const ground = '#15294b';
const ropes = { outer: '#ff7a59', inner: '#ffb59f' };

/**
 * The app's icon: a handset in the corner of a boxing ring, seen from above; the ropes around the
 * corner are the waves of its ring. Ropes and gaps are a 16th of the edge wide, so that they fall
 * on whole pixels from 16 px on.
 *
 * @param {{ margin?: number }} [how] `margin` is what stays free on each side, as a share of the
 *   edge: macOS wants icons smaller than their canvas
 * @returns {string} an SVG document
 */
export function appIcon({ margin = 0 } = {}) {
  const free = 32 * margin;
  const edge = 32 + (2 * free) / (1 - 2 * margin);
  const start = (32 - edge) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1024" height="1024" viewBox="${start} ${start} ${edge} ${edge}">
  <clipPath id="ground"><rect width="32" height="32" rx="7"/></clipPath>
  <g clip-path="url(#ground)">
    <rect width="32" height="32" fill="${ground}"/>
    <path d="M-1 3H22A7 7 0 0 1 29 10V33" fill="none" stroke="${ropes.outer}" stroke-width="2"/>
    <path d="M-1 7H22A3 3 0 0 1 25 10V33" fill="none" stroke="${ropes.inner}" stroke-width="2"/>
    <path transform="translate(${2 - 10 / 7} ${10 - 10 / 7}) scale(${1 / 7})" d="${handset(160)}" fill="#fff"/>
  </g>
</svg>
`;
}
