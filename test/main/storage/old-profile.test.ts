/** The files in `fixtures/v0.1.0` were written by the code of that version. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { AlertStateFile } from '../../../src/main/storage/alert-state-file';
import { CallLog } from '../../../src/main/storage/call-log';
import { readPolicyFile } from '../../../src/main/storage/policy-file';
import type { SystemNotice } from '../../../src/shared/state';
import { SettingsStore } from '../../../src/main/storage/settings-store';

const profile = mkdtempSync(join(tmpdir(), 'ringside-old-profile-'));
cpSync(join(import.meta.dirname, 'fixtures', 'v0.1.0'), profile, { recursive: true });
const notices: SystemNotice[] = [];
const report = (notice: SystemNotice) => void notices.push(notice);

afterAll(() => {
  expect(notices).toEqual([]);
  rmSync(profile, { recursive: true });
});

test('opens settings, Do Not Disturb, accounts, and shown hints', () => {
  const store = new SettingsStore(profile, report);
  expect(store.get()).toEqual({
    ...DEFAULT_SETTINGS,
    pollSeconds: 5,
    holdMinutes: 7,
    sound: 'marimba',
    volume: 35,
    theme: 'dark',
    zoom: 125,
    mutedCustomers: ['Northwind'],
    scheduledDoNotDisturb: true,
    screenPopUrl: 'https://crm.example/?n={number}',
    screenPopWhen: 'answer',
    releaseMinutes: 3,
    language: 'de',
    region: 'GB',
    logDays: 45,
    updateChannel: 'beta',
  });
  expect(store.doNotDisturb).toEqual({ until: null, isScheduled: false });
  expect(store.accounts).toEqual([
    {
      server: 'https://evovoice.io',
      userName: 'maya',
      password: 'c2VjcmV0',
      color: 1,
      paused: false,
    },
    {
      server: 'https://pbx.example',
      userName: 'priya',
      password: undefined,
      color: 2,
      paused: true,
    },
  ]);
  expect(store.markHintShown('no-tray')).toBe(false);
});

test('opens the call log, including lines written before older ones were read', () => {
  const log = new CallLog(join(profile, 'calls.jsonl'), { get: () => DEFAULT_SETTINGS }, report);
  expect(log.query({ search: '', only: 'all', offset: 0, limit: 10 })).toMatchObject({
    total: 4,
    entries: [
      { summary: { id: 'S-4' }, outcome: { kind: 'answered' } },
      { summary: { id: 'fedcba9876543210/S-3', party: { name: '漢 “Ada”' } }, isSeen: false },
      { summary: { id: '0123456789abcdef/S-2' }, accountLabel: 'maya' },
      // The user saw this missed call although its last line says otherwise.
      { summary: { id: '0123456789abcdef/S-1' }, ringMs: 4321, isSeen: true },
    ],
  });
  // Only the missed call that wasn't seen has to be returned.
  expect(log.callbacks.items.map(({ entries }) => entries[0].summary.id)).toEqual([
    'fedcba9876543210/S-3',
  ]);
});

test('opens the alert state', () => {
  const path = join(profile, 'accounts', '0123456789abcdef', 'watch.json');
  const state = new AlertStateFile(path, report).load();
  expect([...state.calls.keys()]).toEqual(['S-5', 'S-6']);
  expect(state.missed.get('S-1')).toMatchObject({ wasAway: true });
  expect(state.queued).toMatchObject([{ isInferred: true, foundDuring: 'do-not-disturb' }]);
  expect(state.lastSnapshotAt?.wall).toBe(Date.UTC(2026, 2, 4, 18, 0));
});

test('opens the policy', () => {
  const path = join(profile, 'policy.json');
  expect(readPolicyFile({ path, owners: [process.getuid?.() ?? 0] }, 'win32')).toEqual({
    path,
    isPresent: true,
    policy: {
      settings: { server: 'https://pbx.example', theme: 'dark', pollSeconds: 5 },
      canUpdate: false,
    },
    problem: undefined,
  });
});
