import { SECOND, type Wish } from '../session-fixture';
import { Desk } from './harness';

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
        return `${alert.summary.party.name ?? alert.summary.id} rings`;
      case 'grouped-rings':
        return `${alert.count} ring`;
      case 'missed':
        return `${alert.missedCall.summary.party.name ?? alert.missedCall.summary.id} missed`;
      case 'missed-digest':
        return `${alert.missedCalls.length} missed, ${alert.reason}`;
      case 'long-hold':
        return `${alert.summary.id} held`;
      case 'connection-problem':
        return alert.problem;
    }
  });
}
