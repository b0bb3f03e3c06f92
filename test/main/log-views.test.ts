import { expect, test } from 'vitest';
import { createNumberKeys } from '../../src/core/calls/number-key';
import { summarizeToday } from '../../src/core/log/day';
import { getCallbacks } from '../../src/core/log/callbacks';
import { LogViews } from '../../src/main/log-views';
import { NO_NOTES_STORE } from '../../src/main/storage/notes-store';
import { toLogEntry } from '../../src/core/calls/call';
import { createCallRecord } from '../../src/core/log/call-record';
import type { CallView } from '../../src/shared/state';
import { createCall, createSession, createView, UNKNOWN_USER } from './builders';
import { createMissedEntry } from '../core/log/log-entry-fixture';

function createViews({
  callbacks = getCallbacks([], createNumberKeys('US')),
  findByCall = (): undefined => undefined,
} = {}): LogViews {
  return new LogViews(
    { callbacks, getCallerHistory: () => null, today: () => summarizeToday([], 0) },
    { region: 'US' },
    NO_NOTES_STORE,
    { findByCall, revision: 0 },
  );
}

test.each([
  {},
  { fromName: null, fromAddress: 'anonymous', customerName: null },
  { direction: 'Outgoing', displayName: 'Ada Byron', toAddress: '+442079460823' },
  { toAddress: '+12025550110', channel: 'Fax' },
])('shows an entry like its active call: %o', (fields) => {
  const session = createSession(fields);
  const call = createCall([session, 0]);
  const record = createCallRecord(session, UNKNOWN_USER, 0);
  const entry = createViews().createView({ ...toLogEntry(call), record });
  const view = createView(fields);
  const names = Object.keys(view) as (keyof CallView)[];
  const shared = names.filter((name) => name in entry);
  expect(shared.length).toBeGreaterThanOrEqual(13);
  for (const name of shared) expect(entry[name], name).toEqual(view[name]);
});

test('finds the latest callers who can be called back, without looking for voice messages', () => {
  const createMissed = (id: string, startedAt: number, number?: string, name?: string) =>
    createMissedEntry({ id, startedAt, party: { number, name } });
  const callbacks = getCallbacks(
    [
      createMissed('long ago', 1, '+12025550101', 'Alan Turing'),
      createMissed('no name', 2, '+12025550102'),
      createMissed('withheld', 3),
      createMissed('name', 4, '+12025550103', 'Grace Hopper'),
      createMissed('again', 5, '+12025550103', 'Grace Hopper'),
    ],
    createNumberKeys('US'),
  );
  const findByCall = (): never => {
    throw new Error('not needed');
  };
  const views = createViews({ callbacks, findByCall });
  expect(views.getLatestCallers(2)).toEqual([
    { id: 'again', name: 'Grace Hopper', isNameFromContacts: undefined },
    { id: 'no name', name: '+1 202-555-0102', isNameFromContacts: undefined },
  ]);
});
