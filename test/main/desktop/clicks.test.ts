import { beforeEach, expect, test, vi } from 'vitest';
import type { Alert } from '../../../src/core/alert';
import type { MenuAction } from '../../../src/main/desktop/tray-menu';
import { someFacts } from '../builders';

const done = vi.hoisted(() => [] as unknown[]);

vi.mock('electron', () => ({ app: { quit: () => done.push('quit') } }));

const { Clicks } = await import('../../../src/main/desktop/clicks');

const miss = { facts: someFacts(), at: 0, rang: 5_000, inferred: false, found: 'now' } as const;
const RING: Alert = { kind: 'ringing', key: 'ring', facts: someFacts() };
const MISSED: Alert = { kind: 'missed', key: 'missed', miss };
const MANY: Alert = { kind: 'missed-many', key: 'many', misses: [miss, miss], because: 'away' };
const TROUBLE: Alert = { kind: 'trouble', key: 'trouble', trouble: 'offline' };

const clicks = new Clicks({
  companion: {
    pollNow: () => done.push('check'),
    setSilence: (choice) => done.push(`silence ${choice}`),
  },
  outside: {
    callBack: (id) => {
      done.push(`call ${id}`);
      return Promise.resolve(true);
    },
  },
  open: (destination) => done.push(destination),
});

beforeEach(() => {
  done.length = 0;
});

test.each<[string, Alert, unknown]>([
  ['a ring leads to the call', RING, { view: 'session', id: 'S-1' }],
  ['a missed call to the call', MISSED, { view: 'session', id: 'S-1' }],
  ['several to the missed ones', MANY, { view: 'missed' }],
  ['trouble to the calls', TROUBLE, { view: 'calls' }],
])('a click on %s', (_, alert, destination) => {
  clicks.onAlert('open', alert);
  expect(done).toEqual([destination]);
});

test('the buttons of a notification call back, or keep the phone quiet for a while', () => {
  clicks.onAlert('call-back', MISSED);
  clicks.onAlert('silence', RING);
  expect(done).toEqual(['call S-1', 'silence 30-minutes']);
});

test('there is nobody to call back where an alert is about no single call', () => {
  clicks.onAlert('call-back', MANY);
  expect(done).toEqual([]);
});

test.each<[MenuAction, unknown]>([
  [{ kind: 'go', destination: { view: 'missed' } }, { view: 'missed' }],
  [{ kind: 'silence', choice: 'off' }, 'silence off'],
  [{ kind: 'check-now' }, 'check'],
  [{ kind: 'quit' }, 'quit'],
])('an entry of a menu does what it says: %o', (action, expected) => {
  clicks.onMenu(action);
  expect(done).toEqual([expected]);
});
