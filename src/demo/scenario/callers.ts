/** The remote party of a call. */
export interface Caller {
  /** Absent when the server knows no name. */
  readonly name?: string;
  /** An E.164 number, or `anonymous` for a withheld one. */
  readonly address?: string;
}

/** Ordinary callers. Their numbers are reserved for fiction. */
export const CALLERS: readonly Caller[] = [
  { name: 'Grace Whitfield', address: '+12025550147' },
  { name: 'Daniel Okafor', address: '+12025550162' },
  { name: 'Helen Sorensen', address: '+12025550171' },
  { name: 'Marcus Bell', address: '+12025550118' },
  { name: 'Renée Laurent', address: '+33199004417' },
  { name: 'Tom Ashworth', address: '+442079460823' },
  { name: 'Amelia Hart', address: '+442079460311' },
  { name: 'Katrin Weiß', address: '+493023125882' },
  { name: 'Yuki Tanabe', address: '+12025550189' },
  { name: 'Ana Beatriz Lopes', address: '+12025550133' },
  { name: 'Omar Haddad', address: '+12025550155' },
  { name: 'Ingrid Dahl', address: '+12025550194' },
  { name: 'Nomvula Dlamini', address: '+12025550126' },
  { name: 'Walter Greene', address: '+12025550199' },
  { name: 'Wei-Ling Chen', address: '+12025550142' },
];

export const RIGHT_TO_LEFT_CALLER: Caller = { name: 'ليلى الخطيب', address: '+12025550168' };
export const LONG_NAME_CALLER: Caller = {
  name:
    'Dr. Maximiliane Alexandra Freifrau von Hohenberg-Schwarzenfels, on behalf of the joint ' +
    'practice for orthodontics, maxillofacial surgery and children’s dentistry at the old harbor',
  address: '+493023125104',
};
export const UNNAMED_CALLER: Caller = { address: '+12025550104' };
export const WITHHELD_CALLER: Caller = { address: 'anonymous' };
