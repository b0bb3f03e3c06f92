/** A program that writes to a profile, round after round, and tells of each once it is written. */
import { writeSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { Kept } from './kept';

const [profile = '', first = '0'] = process.argv.slice(2);
const kept = await Kept.open(profile);
for (let round = Number(first); ; round += 1) {
  kept.write(round);
  writeSync(1, `${round}\n`);
  // What goes on in the background has its turn.
  await turn();
}
