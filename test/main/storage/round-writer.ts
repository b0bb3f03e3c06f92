/** A program that writes round after round to a profile and prints each round once it's saved. */
import { writeSync } from 'node:fs';
import { RoundProfile } from './round-profile';

const [folder = '', first = '0'] = process.argv.slice(2);
const profile = new RoundProfile(folder);
for (let round = Number(first); ; round += 1) {
  profile.write(round);
  writeSync(1, `${round}\n`);
}
