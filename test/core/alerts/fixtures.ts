import { SECOND, type SessionFixture } from '../session-fixture';
import { AlertHarness } from './harness';

export const GRACE: SessionFixture = {
  id: 'G',
  ringing: true,
  from: 'Grace Hopper',
  number: '+12025550147',
};
export const MARGARET: SessionFixture = { id: 'M', ringing: true, from: 'Margaret Hamilton' };

/** Creates a harness whose user is already signed in and has no calls. */
export function createSignedInHarness(): AlertHarness {
  const harness = new AlertHarness();
  harness.poll();
  harness.advance(2 * SECOND);
  return harness;
}

export function createRings(count: number): readonly SessionFixture[] {
  return Array.from({ length: count }, (_, index) => ({ id: `R-${index}`, ringing: true }));
}

/** Summarizes each visible alert in a few words. */
export function describeAlerts(harness: AlertHarness): readonly string[] {
  return harness.visibleAlerts.map((alert) => {
    switch (alert.kind) {
      case 'ringing':
        return `${alert.summary.party.name ?? alert.summary.id} rings`;
      case 'grouped-rings':
        return `${alert.summaries.length} ring`;
      case 'missed':
        return `${alert.missedCall.summary.party.name ?? alert.missedCall.summary.id} missed`;
      case 'missed-digest':
        return `${alert.missedCalls.length} missed, ${alert.reason}`;
      case 'voicemail':
        return `${alert.count} voicemail, ${alert.voicemail.id}`;
      case 'long-hold':
        return `${alert.summary.id} held`;
      case 'connection-problem':
        return alert.problem;
    }
  });
}
