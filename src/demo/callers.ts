/** The other side of a call. */
export interface Caller {
  /** Absent when the server knows no name. */
  readonly name?: string;
  /** A number in E.164, an address, or what stands in for a withheld number. */
  readonly address?: string;
}

/** Ordinary callers. Their numbers are set aside for fiction in each country's plan. */
export const CALLERS: readonly Caller[] = [
  { name: 'Grace Whitfield', address: '+12025550147' },
  { name: 'Daniel Okafor', address: '+12025550162' },
  { name: 'Helen Sorensen', address: '+12025550171' },
  { name: 'Marcus Bell', address: '+12025550118' },
  { name: 'Renée Laurent', address: '+33199004417' },
  { name: 'Tom Ashworth', address: '+442079460823' },
  { name: 'Amelia Hart', address: '+442079460311' },
  { name: 'Rhys Morgan', address: '+447700900456' },
  { name: 'Jürgen Brandt', address: '+493023125460' },
  { name: 'Katrin Weiß', address: '+493023125882' },
  { name: 'Yuki Tanabe', address: '+12025550189' },
  { name: 'Ana Beatriz Lopes', address: '+12025550133' },
  { name: 'Omar Haddad', address: '+12025550155' },
  { name: 'Ingrid Dahl', address: '+12025550194' },
  { name: 'Patrick O’Neill', address: '+442079460545' },
  { name: 'Nomvula Dlamini', address: '+12025550126' },
  { name: 'Lucía Fernández', address: '+12025550107' },
  { name: 'Walter Greene', address: '+12025550199' },
  { name: 'Wei-Ling Chen', address: '+12025550142' },
  { name: 'Sanne de Vries', address: '+12025550113' },
];

/** A name written from right to left. */
export const RIGHT_TO_LEFT: Caller = { name: 'ليلى الخطيب', address: '+12025550168' };

/** A name longer than any row. */
export const LONG_NAME: Caller = {
  name:
    'Dr. Maximiliane Alexandra Freifrau von Hohenberg-Schwarzenfels, on behalf of the joint ' +
    'practice for orthodontics, maxillofacial surgery and children’s dentistry at the old harbour',
  address: '+493023125104',
};

/** A number the server has no name for. */
export const NAMELESS: Caller = { address: '+12025550104' };

/** Neither name nor number. */
export const WITHHELD: Caller = { address: 'anonymous' };
