/** Kills Ringside at every write and restores files to older copies. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { getMissedCalls } from '../../../src/core/alerts/missed-calls';
import { getSessionId } from '../../../src/core/calls/session-key';
import { FakeServer } from './fake-server';

const { killAt, revive, countOperations } = await vi.hoisted(async () => {
  const killable = await import('./killable-fs');
  killable.installKillableFs();
  return killable;
});
vi.mock('electron', () => ({ app: { getVersion: () => '1.2.3' }, session: {} }));
vi.mock('../../../src/main/logger', () => ({ log: { error: vi.fn() } }));

const { AccountManager } = await import('../../../src/main/accounts/account-manager');
const { AccountStorage } = await import('../../../src/main/accounts/account-storage');
const { ApiClient } = await import('../../../src/main/accounts/api-client');
const { CallLog } = await import('../../../src/main/storage/call-log');
const { SystemNotices } = await import('../../../src/main/system-notices');
const { SettingsStore } = await import('../../../src/main/storage/settings-store');

const START = Date.UTC(2026, 2, 3, 9, 30);
const ORIGIN = 'https://evovoice.io';
const CREDENTIALS = { server: ORIGIN, userName: 'maya', password: 'ring-ring', managed: true };

/** The sessions that the server lists in each step. */
const DAY: readonly (readonly object[])[] = [
  [],
  [ringing('A')],
  [ringing('A'), ringing('B')],
  [answeredByMaya('A'), ringing('B')],
  [answeredByMaya('A'), missed('B')],
  [ringing('C'), missed('B')],
  [missed('B')],
  [ringing('D'), missed('E')],
  [answeredByKim('D'), missed('E')],
  [],
];
/** The sessions that lookups find. */
const PAST = [answeredByKim('A'), missed('B'), missed('C'), answeredByKim('D'), missed('E')].map(
  (session) => ({
    ...session,
    ended: true,
  }),
);
const OUTCOMES = { A: 'answered', B: 'missed', C: 'missed', D: 'answered', E: 'missed' };
const MISSED = ['B', 'C', 'E'];

/** Hundreds of runs write a lot, so an in-memory disk saves half of the time. */
const TEMPORARY = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

let server: FakeServer;
let profile: string;
/** The ids of the missed calls that were announced in all runs. */
let raised: string[];

beforeEach(() => {
  vi.useFakeTimers({ now: START });
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  server = new FakeServer();
  server.pastSessions = PAST;
  profile = mkdtempSync(join(TEMPORARY, 'ringside-interrupted-'));
  raised = [];
});

afterEach(() => {
  revive();
  vi.useRealTimers();
  vi.restoreAllMocks();
  rmSync(profile, { recursive: true, force: true });
});

describe('Ringside, killed at any write,', () => {
  test('loses no call and announces each at most once', async () => {
    const total = await countOperations(async () => {
      const run = startRun();
      await runDay(0);
      run.end();
    });
    expect(total).toBeGreaterThan(50);
    for (let operation = 1; operation <= total; operation += 1) {
      for (const isBackAtOnce of [true, false]) {
        await resetProfile();
        const run = startRun();
        killAt(operation, run.kill);
        const step = await runDay(0, () => run.isDead);
        run.end();
        revive();
        const next = startRun();
        await runDay(isBackAtOnce ? step : DAY.length - 1);
        const when = `killed at operation ${operation}, step ${step}, back ${isBackAtOnce ? 'at once' : 'late'}`;
        // A call whose first line wasn't written is lost once the server no longer lists it.
        const known = isBackAtOnce ? Object.keys(OUTCOMES) : listSeen(step - 1);
        expectNothingLost(next.callLog, known, when);
        expectNoDuplicates(when);
        const unannounced = known.filter((id) => MISSED.includes(id) && !raised.includes(id));
        expect(unannounced.length, `${when}: not announced ${unannounced.join()}`).toBeLessThan(2);
        next.end();
      }
    }
  }, 60_000);
});

describe('Ringside, with files restored from older copies,', () => {
  const AGES = [1, 2, 4, 5, 7, 9];

  test('loses no call in either file and announces none twice', async () => {
    const copies = mkdtempSync(join(TEMPORARY, 'ringside-copies-'));
    const raisedUntil: (readonly string[])[] = [];
    const run = startRun();
    for (const [step, sessions] of DAY.entries()) {
      server.sessions = sessions;
      await poll();
      raisedUntil[step] = [...raised];
      cpSync(profile, join(copies, String(step)), { recursive: true });
    }
    run.end();
    for (const stateAge of AGES) {
      for (const logAge of AGES) {
        const last = Math.max(stateAge, logAge);
        for (const sessions of [DAY[last] ?? [], []]) {
          rmSync(profile, { recursive: true });
          mkdirSync(profile);
          cpSync(join(copies, String(stateAge), 'accounts'), join(profile, 'accounts'), {
            recursive: true,
          });
          cpSync(join(copies, String(logAge), 'calls.jsonl'), join(profile, 'calls.jsonl'));
          raised = [...(raisedUntil[last] ?? [])];
          const next = startRun();
          server.sessions = sessions;
          await poll();
          server.sessions = [];
          await poll(6);
          const when = `state of step ${stateAge}, log of step ${logAge}, ${sessions.length} listed`;
          expectNothingLost(next.callLog, listSeen(last), when);
          expectNoDuplicates(when);
          next.end();
        }
      }
    }
    rmSync(copies, { recursive: true });
  }, 60_000);
});

/** Starts Ringside on the profile. */
function startRun() {
  let isDead = false;
  const settings = new SettingsStore(profile, () => undefined);
  const callLog = new CallLog(join(profile, 'calls.jsonl'), settings, () => undefined);
  const keyring = { encrypt: () => Promise.resolve(undefined) };
  const storage = new AccountStorage(
    profile,
    settings,
    keyring,
    new SystemNotices(() => undefined),
  );
  const { http } = server;
  storage.createClient = (_, signal) =>
    new ApiClient(http, { origin: ORIGIN, userAgent: 'Ringside/1.2.3', signal });
  const accounts = new AccountManager(settings, callLog, storage);
  accounts.on('effects', (effects) => {
    if (isDead) return;
    for (const effect of effects) {
      if (effect.kind !== 'raise' && effect.kind !== 'update') continue;
      const ids = getMissedCalls(effect.alert).map(({ summary }) => getSessionId(summary.id));
      // A digest repeats the calls that were announced before.
      raised.push(...(ids.length === 1 ? ids : ids.filter((id) => !raised.includes(id))));
    }
  });
  accounts.start([{ credentials: CREDENTIALS, color: 1, paused: false }]);
  return {
    callLog,
    get isDead() {
      return isDead;
    },
    kill: () => {
      isDead = true;
    },
    /** Stops without saving anything. */
    end: () => {
      isDead = true;
      killAt(0, () => undefined);
      accounts.dispose();
      vi.clearAllTimers();
      revive();
    },
  };
}

/** Plays the day from a step on and returns the last step. */
async function runDay(from: number, isOver = () => false): Promise<number> {
  for (let step = from; step < DAY.length; step += 1) {
    server.sessions = DAY[step] ?? [];
    await poll();
    if (isOver()) return step;
  }
  await poll(6);
  return DAY.length - 1;
}

async function poll(seconds = 2): Promise<void> {
  await vi.advanceTimersByTimeAsync(seconds * 1_000);
}

async function resetProfile(): Promise<void> {
  rmSync(profile, { recursive: true });
  mkdirSync(profile);
  raised = [];
  vi.setSystemTime(START);
  await Promise.resolve();
}

/** Returns the ids of the calls that the server listed up to a step. */
function listSeen(step: number): readonly string[] {
  const ids = DAY.slice(0, step + 1).flatMap((sessions) =>
    sessions.map((session) => (session as { id: string }).id),
  );
  return [...new Set(ids)];
}

function expectNothingLost(
  callLog: InstanceType<typeof CallLog>,
  ids: readonly string[],
  when: string,
): void {
  const { entries } = callLog.query({ search: '', only: 'all', offset: 0, limit: 50 });
  const found = entries.map(({ summary, outcome, isSeen }) => [
    summary.id.slice(-1),
    outcome.kind,
    isSeen,
  ]);
  for (const id of ids) {
    const outcome = OUTCOMES[id as keyof typeof OUTCOMES];
    expect(found, when).toContainEqual([id, outcome, outcome !== 'missed']);
  }
  expect(new Set(found.map(([id]) => id)).size, when).toBe(found.length);
}

function expectNoDuplicates(when: string): void {
  expect(raised, when).toEqual([...new Set(raised)]);
}

function ringing(id: string) {
  return { id, direction: 'Incoming', callState: 'Ringing', channel: 'Voice' };
}

function answeredByMaya(id: string) {
  return { ...ringing(id), callState: 'Connected', answeredByName: 'Maya Kent' };
}

function answeredByKim(id: string) {
  return { ...ringing(id), callState: 'None', ended: true, answeredByName: 'Kim' };
}

function missed(id: string) {
  return { ...ringing(id), callState: 'None', ended: true, wasMissed: true };
}
