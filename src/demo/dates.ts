/** The ways in which the server is known, or has to be expected, to write a moment. */
export type DateForm = 'iso7' | 'iso' | 'isoOffset' | 'isoBare' | 'ticks' | 'ticksOffset';

const TWO_HOURS = 2 * 60 * 60 * 1000;

/** Writes a moment (milliseconds since 1970) in one of the server's forms. */
export function writeDate(moment: number, form: DateForm): string {
  const iso = new Date(moment).toISOString();
  switch (form) {
    case 'iso7':
      return iso.replace('Z', '0000Z');
    case 'iso':
      return iso;
    case 'isoOffset':
      return new Date(moment + TWO_HOURS).toISOString().replace('Z', '+02:00');
    case 'isoBare':
      return iso.replace('Z', '');
    case 'ticks':
      return `/Date(${Math.floor(moment)})/`;
    case 'ticksOffset':
      return `/Date(${Math.floor(moment)}-0000)/`;
  }
}

/** What the server writes for "no date" where it writes anything at all. */
export function writeNoDate(form: DateForm): string {
  return form.startsWith('ticks') ? '/Date(-62135596800000-0000)/' : '0001-01-01T00:00:00.0000000';
}
