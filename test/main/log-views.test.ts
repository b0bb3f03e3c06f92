import { expect, test } from 'vitest';
import { createNumberKeys } from '../../src/core/calls/number-key';
import { summarizeToday } from '../../src/core/log/day';
import { getCallbacks } from '../../src/core/log/callbacks';
import { LogViews } from '../../src/main/log-views';
import { NO_NOTES_STORE } from '../../src/main/storage/notes-store';
import { createMissedEntry } from '../core/log/log-entry-fixture';

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
  const views = new LogViews(
    { callbacks, getCallerHistory: () => null, today: () => summarizeToday([], 0) },
    { region: 'US' },
    NO_NOTES_STORE,
    { findByCall, revision: 0 },
  );
  expect(views.getLatestCallers(2)).toEqual([
    { id: 'again', name: 'Grace Hopper', isNameFromContacts: undefined },
    { id: 'no name', name: '+1 202-555-0102', isNameFromContacts: undefined },
  ]);
});
