import { SECOND, type Wish } from '../build';
import { Desk } from './desk';

export const GRACE: Wish = { id: 'G', ringing: true, from: 'Grace Hopper', number: '+12025550147' };
export const MARGARET: Wish = { id: 'M', ringing: true, from: 'Margaret Hamilton' };

/** A desk at which somebody has been signed in for a while, with nothing going on. */
export function atWork(): Desk {
  const desk = new Desk();
  desk.polls();
  desk.passes(2 * SECOND);
  return desk;
}

export function rings(count: number): readonly Wish[] {
  return Array.from({ length: count }, (_, at) => ({ id: `R-${at}`, ringing: true }));
}

/** What the alerts on the screen are about, in short. */
export function shown(desk: Desk): readonly string[] {
  return desk.shows.map((alert) => {
    switch (alert.kind) {
      case 'ringing':
        return `${alert.facts.party.name ?? alert.facts.id} rings`;
      case 'ringing-many':
        return `${alert.count} ring`;
      case 'missed':
        return `${alert.miss.facts.party.name ?? alert.miss.facts.id} missed`;
      case 'missed-many':
        return `${alert.misses.length} missed, ${alert.because}`;
      case 'held-long':
        return `${alert.facts.id} held`;
      case 'trouble':
        return alert.trouble;
    }
  });
}
