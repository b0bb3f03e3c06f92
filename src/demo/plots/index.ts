import type { Plot } from '../scene';
import { ODDITIES } from './oddities';
import { QUEUED } from './queues';
import { RINGS } from './rings';
import { TALKS } from './talks';
import { TOGETHER } from './together';
import { WRITTEN } from './written';

export { OPENING } from './opening';

/** Every kind of call the scenario knows, each once. */
export const PLOTS: readonly Plot[] = [
  ...TALKS,
  ...RINGS,
  ...QUEUED,
  ...WRITTEN,
  ...TOGETHER,
  ...ODDITIES,
];
