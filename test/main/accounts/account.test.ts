import fc from 'fast-check';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Alert } from '../../../src/core/alerts/alert';
import * as decoding from '../../../src/core/api/decode';
import type { LogEntry } from '../../../src/core/log/entry';
import { DEFAULT_SETTINGS } from '../../../src/core/settings/settings';
import { Account } from '../../../src/main/accounts/account';
import type { LoadPassword } from '../../../src/main/accounts/credentials';
import { ApiClient } from '../../../src/main/accounts/api-client';
import { AlertStateFile } from '../../../src/main/storage/alert-state-file';
import type { ConnectionStatus } from '../../../src/shared/state';
import { FakeServer, fault, json, status } from './fake-server';

vi.mock('../../../src/main/logger', () => ({ log: { error: vi.fn() } }));

const HOUR_MS = 3_600_000;
const RESET = fault('refused', 'ERR_CONNECTION_RESET');
const UNAUTHORIZED = status(401);

let server: FakeServer;
let profile: string;

beforeEach(() => {
  vi.useFakeTimers({ now: Date.UTC(2026, 2, 3, 9, 30) });
  // Takes the jitter out of all delays.
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  server = new FakeServer();
  profile = mkdtempSync(join(tmpdir(), 'ringside-account-'));
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  rmSync(profile, { recursive: true });
});

describe('Account: a working connection', () => {
  test('is polled immediately and then at the configured interval', async () => {
    await startAccount();
    expect(server.polls).toBe(1);
    await advance(1_999);
    expect(server.polls).toBe(1);
    await advance(1);
    expect(server.polls).toBe(2);
    await advance(20_000);
    expect(server.polls).toBe(12);
  });

  test('is polled every second while something rings, and every 10 s while locked', async () => {
    const { activity } = await startAccount();
    server.sessions = [createSession('S-1')];
    await advance(2_000);
    const ringing = server.polls;
    await advance(5_000);
    expect(server.polls - ringing).toBe(5);
    activity.isScreenLocked = true;
    await advance(1_000);
    const locked = server.polls;
    await advance(20_000);
    expect(server.polls - locked).toBe(2);
  });

  test('is polled every second while the window is visible', async () => {
    const { activity } = await startAccount();
    activity.isWindowVisible = true;
    await advance(2_000);
    const before = server.polls;
    await advance(5_000);
    expect(server.polls - before).toBe(5);
  });

  test('renews the time of the last response every 10 s', async () => {
    const { account, connections } = await startAccount();
    await advance(60_000);
    expect(new Set(connections.map(({ kind }) => kind))).toEqual(new Set(['live']));
    const times = connections.flatMap((status) =>
      status.kind === 'live' ? [status.lastResponseAt] : [],
    );
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual(
      times.map((_, index) => index * 10_000),
    );
    expect(times).toHaveLength(7);
    expect(account.connection.kind).toBe('live');
  });

  test('never has two requests in flight', async () => {
    const event = fc.constantFrom('poll', 'sleep', 'wake', 'answer', 'fail', 'time');
    await fc.assert(
      fc.asyncProperty(fc.array(event, { maxLength: 60 }), async (events) => {
        server = new FakeServer();
        server.isHolding = true;
        const { account } = await startAccount();
        for (const event of events) {
          if (event === 'poll') account.pollNow();
          if (event === 'sleep') account.setAsleep(true);
          if (event === 'wake') account.setAsleep(false);
          if (event === 'answer') server.release();
          if (event === 'fail') {
            server.next.push(RESET);
            server.release();
          }
          await advance(event === 'time' ? 1_500 : 0);
        }
        expect(server.maxInFlight).toBeLessThanOrEqual(1);
        server.isHolding = false;
        account.setAsleep(false);
        server.release();
        const before = server.polls;
        await advance(70_000);
        expect(server.polls).toBeGreaterThan(before);
        account.stop();
      }),
      { numRuns: 100 },
    );
  });

  test('can be polled immediately, after which the interval starts again', async () => {
    const { account } = await startAccount();
    await advance(500);
    account.pollNow();
    await advance(1_999);
    expect(server.polls).toBe(2);
    await advance(1);
    expect(server.polls).toBe(3);
  });

  test('is no longer polled once the account is stopped', async () => {
    server.isHolding = true;
    const { account, connections } = await startAccount();
    account.stop();
    server.next.push(RESET);
    server.release();
    account.pollNow();
    account.setAsleep(true);
    account.setAsleep(false);
    await advance(120_000);
    expect(server.polls).toBe(1);
    expect(connections).toEqual([]);
  });
});

describe('Account: the identity', () => {
  test('is requested once', async () => {
    const { account } = await startAccount();
    await advance(10_000);
    expect(server.count('/auth/status')).toBe(1);
    expect(account.identity).toEqual({ id: 'u-1', name: 'Maya Kent', roles: ['User'] });
  });

  test('is requested at most three times', async () => {
    server.identity = { isAuthenticated: false };
    const { account } = await startAccount();
    await advance(60_000);
    expect(server.count('/auth/status')).toBe(3);
    expect(account.connection.kind).toBe('live');
  });
});

describe('Account: a failed poll', () => {
  test.each([
    [fault('no-network', 'ERR_INTERNET_DISCONNECTED'), 'no-network', 'ERR_INTERNET_DISCONNECTED'],
    [status(503), 'server-error', 'HTTP 503'],
    [status(404), 'bad-answer', 'HTTP 404'],
    [json('no list'), 'bad-answer', 'sessions'],
    [json({ error: 'no' }), 'bad-answer', 'sessions'],
  ])('reports the error, its time, and the next attempt: %o', async (result, kind, code) => {
    const { account } = await startAccount();
    await advance(4_000);
    const answeredAt = Date.now();
    server.broken = result;
    await advance(2_000);
    expect(account.connection).toEqual({
      kind: 'offline',
      lastResponseAt: answeredAt,
      since: Date.now(),
      retryAt: Date.now() + 1_000,
      error: { kind, code },
    });
  });

  test('is only an interruption until the second one in a row', async () => {
    const { account } = await startAccount();
    for (const result of [status(503), status(429), RESET, json({})]) {
      server.next.push(result);
      await poll(account);
      expect(account.connection.kind).toBe('offline');
      expect(account.isInterrupted).toBe(true);
      await poll(account);
      expect(account.isInterrupted).toBe(false);
    }
    server.broken = RESET;
    await poll(account);
    await poll(account);
    expect(account.isInterrupted).toBe(false);
  });

  test.each([
    ['HTTP 500', status(500)],
    ['HTTP 502', status(502)],
    ['HTTP 504', status(504)],
    ['HTTP 429 with Retry-After', status(429, { 'retry-after': '5' })],
    ['HTTP 503 with Retry-After', status(503, { 'retry-after': '1' })],
    ['a body that is not what was asked for', json([])],
  ])('keeps the calls in the tray after a single %s', async (_, result) => {
    const { account } = await startAccount();
    server.sessions = [createSession('S-1')];
    await poll(account);
    for (let round = 0; round < 3; round += 1) {
      server.next.push(result);
      await poll(account);
      expect(account.isInterrupted).toBe(true);
      expect(account.trayPart).toMatchObject({ isStale: false, calls: [{ phase: 'ringing' }] });
      await poll(account);
      expect(account.connection.kind).toBe('live');
    }
    server.next.push(result, status(500));
    await poll(account);
    await poll(account);
    expect(account.isInterrupted).toBe(false);
  });

  test('is not an interruption before the first response or after a minute without one', async () => {
    server.next.push(RESET);
    const { account } = await startAccount();
    expect(account.connection.kind).toBe('offline');
    expect(account.isInterrupted).toBe(false);
    await poll(account);
    server.next.push(status(429, { 'retry-after': '600' }));
    await poll(account);
    expect(account.isInterrupted).toBe(true);
    await advance(61_000);
    expect(account.isInterrupted).toBe(false);
  });

  test('doubles the delay each time, up to a minute', async () => {
    server.broken = RESET;
    const { account } = await startAccount();
    const delays: number[] = [];
    for (let count = 0; count < 9; count += 1) {
      const delay = getRetryDelay(account.connection);
      delays.push(delay / 1_000);
      await advance(delay);
    }
    expect(delays).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
  });

  test('keeps the time of the first failure', async () => {
    const { account } = await startAccount();
    server.broken = RESET;
    await advance(2_000);
    const since = Date.now();
    server.broken = status(500);
    await advance(30_000);
    expect(account.connection).toMatchObject({ kind: 'offline', since });
    expect(account.connection).toMatchObject({ error: { kind: 'server-error' } });
  });

  test('is followed by polls at the normal interval once the server is back', async () => {
    const { account } = await startAccount();
    server.broken = RESET;
    await advance(10_000);
    server.broken = undefined;
    await advance(60_000);
    expect(account.connection.kind).toBe('live');
    const before = server.polls;
    await advance(20_000);
    expect(server.polls - before).toBe(10);
    server.next.push(RESET);
    await poll(account);
    expect(getRetryDelay(account.connection)).toBe(1_000);
  });

  test.each([
    ['7', 7_000],
    ['0', 1_000],
    ['86400', 15 * 60_000],
  ])('with Retry-After: %s waits for %i ms, once', async (retryAfter, delay) => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    server.next.push(status(503, { 'retry-after': retryAfter }));
    server.broken = RESET;
    const { account } = await startAccount();
    expect(getRetryDelay(account.connection)).toBe(delay);
    await advance(delay);
    expect(getRetryDelay(account.connection)).toBe(1_800);
  });

  test('can be retried immediately', async () => {
    server.next.push(status(429, { 'retry-after': '600' }));
    const { account } = await startAccount();
    account.pollNow();
    await advance(0);
    expect(account.connection.kind).toBe('live');
  });

  test('names the missing role and is retried at increasing intervals', async () => {
    server.broken = status(403);
    const { account, alerts } = await startAccount();
    const retryAt = Date.now() + 1_000;
    expect(account.connection).toEqual({ kind: 'forbidden', role: 'User', retryAt });
    expect(alerts.raised).toMatchObject([{ kind: 'connection-problem', problem: 'forbidden' }]);
    await advance(300_000);
    expect(server.polls).toBeLessThan(12);
    server.broken = undefined;
    await advance(60_000);
    expect(account.connection.kind).toBe('live');
  });

  test('keeps the last snapshot and the rings', async () => {
    const { account, alerts } = await startAccount();
    server.sessions = [createSession('S-1')];
    await poll(account);
    const { snapshot } = account;
    server.broken = RESET;
    await poll(account);
    expect(account.snapshot).toBe(snapshot);
    expect(alerts.withdrawn).toEqual([]);
  });

  test('withdraws rings and raises an alert after a minute, even if the next attempt is later', async () => {
    const { account, alerts } = await startAccount();
    server.sessions = [createSession('S-1')];
    await poll(account);
    server.broken = status(503, { 'retry-after': '600' });
    await poll(account);
    expect(account.trayPart.isStale).toBe(false);
    await advance(61_000);
    expect(alerts.open).toMatchObject([{ kind: 'connection-problem', problem: 'offline' }]);
    expect(account.trayPart.isStale).toBe(true);
  });

  test('raises no alert if the server is back within a minute', async () => {
    const { account, alerts } = await startAccount();
    server.next.push(status(503, { 'retry-after': '30' }));
    await poll(account);
    await advance(120_000);
    expect(alerts.raised).toEqual([]);
  });
});

describe('Account: an expired session', () => {
  test('is renewed once with the remembered password', async () => {
    const { account, connections, alerts } = await startAccount();
    server.next.push(UNAUTHORIZED);
    await advance(10_000);
    expect(server.signIns).toBe(1);
    expect(account.connection.kind).toBe('live');
    expect(connections.map(({ kind }) => kind)).not.toContain('signed-out');
    expect(alerts.raised).toEqual([]);
  });

  test('requires a sign-in without a password', async () => {
    server.broken = UNAUTHORIZED;
    const { account, alerts } = await startAccount({ password: undefined });
    await advance(60_000);
    expect(server.signIns).toBe(0);
    expect(server.polls).toBe(1);
    expect(account.connection).toEqual({ kind: 'signed-out', error: { kind: 'expired' } });
    expect(alerts.raised).toMatchObject([{ kind: 'connection-problem', problem: 'sign-in' }]);
  });

  test('requires a sign-in if the password is refused and never sends it again', async () => {
    server.broken = UNAUTHORIZED;
    server.nextSignIns.push(UNAUTHORIZED);
    const { account, onPasswordRefused } = await startAccount();
    await advance(600_000);
    account.pollNow();
    account.setAsleep(true);
    account.setAsleep(false);
    await advance(600_000);
    expect(server.signIns).toBe(1);
    expect(server.polls).toBe(1);
    expect(onPasswordRefused).toHaveBeenCalledOnce();
    expect(account.credentials.password).toBeUndefined();
    const refused = { kind: 'wrong-credentials', message: undefined };
    expect(account.connection).toEqual({ kind: 'signed-out', error: refused });
  });

  test('is renewed at most five times at growing intervals if the server keeps rejecting it', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    server.broken = UNAUTHORIZED;
    const { account } = await startAccount();
    const delays: number[] = [];
    while (account.connection.kind === 'offline') {
      const delay = getRetryDelay(account.connection);
      delays.push(delay / 1_000);
      // The app also polls when the window opens, the network returns, or the screen unlocks.
      account.pollNow();
      await advance(delay);
    }
    expect(delays).toEqual([10, 30, 120, 600]);
    expect(server.signIns).toBe(5);
    expect(account.connection).toMatchObject({ kind: 'signed-out', error: { kind: 'expired' } });
    await advance(3_600_000);
    expect(server.signIns).toBe(5);
  });

  test('is live again once the server accepts the new session', async () => {
    const { account, alerts } = await startAccount();
    server.broken = UNAUTHORIZED;
    await poll(account);
    expect(account.connection.kind).toBe('offline');
    await advance(3_000);
    server.broken = undefined;
    server.sessions = [createSession('S-1')];
    await advance(8_000);
    expect(account.connection.kind).toBe('live');
    expect(alerts.raised.map(({ kind }) => kind)).toEqual(['ringing']);
  });

  test('is renewed later if a sign-in is refused without a reason right after a successful one', async () => {
    const { account, onPasswordRefused } = await startAccount();
    server.next.push(UNAUTHORIZED);
    server.nextSignIns.push(UNAUTHORIZED);
    await poll(account);
    expect(account.connection).toMatchObject({ kind: 'offline', error: { code: 'HTTP 401' } });
    expect(onPasswordRefused).not.toHaveBeenCalled();
    server.next.push(UNAUTHORIZED);
    await advance(11_000);
    expect(server.signIns).toBe(2);
    expect(account.connection.kind).toBe('live');
  });

  test('asks the user immediately if the server says that the password is wrong', async () => {
    const { account, onPasswordRefused } = await startAccount();
    server.next.push(UNAUTHORIZED);
    const body = { responseStatus: { errorCode: 'Unauthorized', message: 'Invalid Password' } };
    server.nextSignIns.push({ ...json(body), status: 401 } as typeof UNAUTHORIZED);
    await poll(account);
    expect(account.connection).toMatchObject({ kind: 'signed-out' });
    expect(onPasswordRefused).toHaveBeenCalledOnce();
  });

  test('is renewed later if the server cannot be reached', async () => {
    server.next.push(UNAUTHORIZED, UNAUTHORIZED);
    server.nextSignIns.push(RESET);
    const { account } = await startAccount();
    expect(account.connection).toMatchObject({ kind: 'offline', error: { kind: 'refused' } });
    expect(account.alertState.failure).toMatchObject({ problem: 'offline' });
    await advance(1_000);
    expect(server.signIns).toBe(2);
    expect(account.connection.kind).toBe('live');
  });

  test('is not renewed before the Retry-After time', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    server.next.push(UNAUTHORIZED);
    server.nextSignIns.push(status(429, { 'retry-after': '90' }));
    const { account } = await startAccount();
    expect(getRetryDelay(account.connection)).toBe(90_000);
  });
});

describe('Account: a password in a keyring', () => {
  const createKeyring = () => {
    let open: (password: string | undefined) => void = () => undefined;
    const opened = new Promise<string | undefined>((resolve) => {
      open = resolve;
    });
    return { loadPassword: vi.fn(() => opened), open };
  };

  test('is not read as long as the cookies are good', async () => {
    const { loadPassword } = createKeyring();
    const { account } = await startAccount({ password: undefined, loadPassword });
    expect(account.connection.kind).toBe('live');
    expect(loadPassword).not.toHaveBeenCalled();
  });

  test('waits for a locked keyring, shows that it waits, and is used once the keyring is unlocked', async () => {
    const { loadPassword, open } = createKeyring();
    server.broken = UNAUTHORIZED;
    const { account, alerts } = await startAccount({ password: undefined, loadPassword });
    await advance(1_000);
    expect(account.connection).toEqual({ kind: 'keyring-locked' });
    expect(alerts.raised).toEqual([]);
    await advance(70_000);
    expect(alerts.open).toMatchObject([{ kind: 'connection-problem', problem: 'keyring' }]);
    expect(loadPassword).toHaveBeenCalledTimes(1);
    expect(server.signIns).toBe(0);

    server.next.push(UNAUTHORIZED);
    server.broken = undefined;
    open('ring-ring');
    await advance(0);
    expect(account.connection.kind).toBe('live');
    expect(alerts.open).toEqual([]);
    expect(server.signIns).toBe(1);
  });

  test('does not stop the polls, so that cookies that are good again are enough', async () => {
    const { loadPassword } = createKeyring();
    server.broken = UNAUTHORIZED;
    const { account } = await startAccount({ password: undefined, loadPassword });
    await advance(1_000);
    server.broken = undefined;
    await poll(account);
    expect(account.connection.kind).toBe('live');
  });

  test('requires a sign-in if the keyring no longer has its key', async () => {
    const { loadPassword, open } = createKeyring();
    server.broken = UNAUTHORIZED;
    const { account } = await startAccount({ password: undefined, loadPassword });
    open(undefined);
    await advance(1_000);
    expect(account.connection).toEqual({ kind: 'signed-out', error: { kind: 'expired' } });
  });
});

describe('Account: managed credentials', () => {
  test('are used to sign in first', async () => {
    const { connections } = await startAccount({ managed: true });
    await advance(4_000);
    expect(server.requests.slice(0, 2)).toEqual(['/auth/credentials', '/sessions/my']);
    expect(server.signIns).toBe(1);
    expect(connections.map(({ kind }) => kind)).toEqual(['signing-in', 'live']);
  });

  test('are tried again while the server cannot be reached', async () => {
    server.nextSignIns.push(RESET, RESET, RESET);
    const { account } = await startAccount({ managed: true });
    await advance(6_999);
    expect(account.connection).toMatchObject({ kind: 'offline', lastResponseAt: null });
    expect(server.polls).toBe(0);
    await advance(1);
    expect(server.signIns).toBe(4);
    expect(account.connection.kind).toBe('live');
  });

  test('are not tried again if the server refuses them', async () => {
    server.nextSignIns.push(UNAUTHORIZED);
    const { account } = await startAccount({ managed: true });
    await advance(600_000);
    expect(server.signIns).toBe(1);
    expect(server.polls).toBe(0);
    expect(account.connection).toMatchObject({ kind: 'signed-out' });
  });
});

describe('Account: sleep', () => {
  test('pauses polling until the computer wakes up', async () => {
    const { account } = await startAccount();
    account.setAsleep(true);
    account.pollNow();
    await advance(24 * HOUR_MS);
    expect(server.polls).toBe(1);
    account.setAsleep(false);
    await advance(0);
    expect(server.polls).toBe(2);
    await advance(2_000);
    expect(server.polls).toBe(3);
  });

  test('pauses polling after the request in flight', async () => {
    server.isHolding = true;
    const { account } = await startAccount();
    account.setAsleep(true);
    server.next.push(fault('no-network', 'ERR_NETWORK_IO_SUSPENDED'));
    server.release();
    await advance(HOUR_MS);
    expect(server.polls).toBe(1);
    server.isHolding = false;
    account.setAsleep(false);
    await advance(0);
    expect(account.connection.kind).toBe('live');
  });

  test('ignores the response to a request that was in flight', async () => {
    const { account, alerts } = await startAccount();
    server.isHolding = true;
    server.sessions = [createSession('S-1')];
    await poll(account);
    await advance(24 * HOUR_MS);
    server.isHolding = false;
    server.release();
    await advance(0);
    expect(account.connection).toMatchObject({ error: { kind: 'timeout', code: 'asleep' } });
    expect(alerts.raised).toEqual([]);
    server.sessions = [createSession('S-1', { wasMissed: true, callState: 'None', ended: true })];
    await poll(account);
    expect(alerts.raised).toMatchObject([{ kind: 'missed' }]);
  });

  test('is followed by one digest of the missed calls', async () => {
    const { account, alerts } = await startAccount();
    server.sessions = [createSession('S-1'), createSession('S-2')];
    await poll(account);
    account.setAsleep(true);
    await advance(24 * HOUR_MS);
    server.sessions = [
      createMissedSession('S-1'),
      createMissedSession('S-2'),
      createMissedSession('S-3'),
      createSession('S-4'),
    ];
    account.setAsleep(false);
    await advance(0);
    expect(alerts.open).toMatchObject([
      { kind: 'ringing', summary: { id: 'S-4' } },
      ...Array.from({ length: 3 }, () => ({ kind: 'missed', missedCall: { foundDuring: 'away' } })),
    ]);
  });
});

describe('Account: a poll', () => {
  test('raises an alert for a ring once and withdraws it when the ring ends', async () => {
    const { account, alerts } = await startAccount();
    server.sessions = [createSession('S-1')];
    await poll(account);
    await poll(account);
    expect(alerts.raised).toMatchObject([{ kind: 'ringing', summary: { id: 'S-1' } }]);
    server.sessions = [createSession('S-1', { callState: 'Connected' })];
    await poll(account);
    expect(alerts.withdrawn).toEqual(alerts.raised);
  });

  test('logs the call, then saves the alert state, then shows alerts', async () => {
    const { account, openAlertState } = await startAccount();
    const getSavedCalls = (): readonly string[] => [...openAlertState().load().calls.keys()];
    const steps: unknown[] = [];
    account.on('log', (effects) => {
      steps.push('log', effects.length, getSavedCalls());
    });
    account.on('effects', (effects) => {
      steps.push('effects', effects.length, getSavedCalls());
    });
    server.sessions = [createSession('S-1')];
    await poll(account);
    expect(steps).toEqual(['log', 1, [], 'effects', 2, ['S-1']]);
  });

  test('emits no effects if nothing changed', async () => {
    const { account } = await startAccount();
    const onEffects = vi.fn();
    account.on('effects', onEffects);
    await poll(account);
    expect(onEffects).not.toHaveBeenCalled();
  });

  test('keeps the order of the server and counts unreadable entries', async () => {
    server.sessions = [{ id: '9' }, null, { id: '1' }, { id: '9' }, 7, { noId: true }] as object[];
    const { account } = await startAccount();
    expect([...(account.snapshot?.sessions.keys() ?? [])]).toEqual(['9', '1']);
    expect(account.snapshot?.skippedCount).toBe(4);
  });

  test('does not decode the same bytes again', async () => {
    const decode = vi.spyOn(decoding, 'decodeSessions');
    const countDecoded = (): number =>
      decode.mock.calls.filter(([, , listName]) => listName !== 'items').length;
    server.sessions = [createSession('S-1', { callState: 'Connected' })];
    const { account } = await startAccount();
    const { snapshot } = account;
    await poll(account);
    expect(countDecoded()).toBe(1);
    expect(account.snapshot).toBe(snapshot);
    server.sessions = [createSession('S-1', { callState: 'Hold' })];
    await poll(account);
    expect(countDecoded()).toBe(2);
  });

  test('raises a long-hold alert even if the response does not change', async () => {
    server.sessions = [createSession('S-1', { callState: 'Hold' })];
    const { alerts } = await startAccount();
    await advance(125_000);
    expect(alerts.raised.map(({ kind }) => kind)).toEqual(['long-hold']);
  });

  test('ignores the response if the account was stopped in the meantime', async () => {
    const { account, alerts } = await startAccount();
    server.sessions = [createSession('S-1')];
    server.isHolding = true;
    account.pollNow();
    account.stop();
    server.release();
    await advance(0);
    expect(alerts.raised).toEqual([]);
  });
});

describe('Account: a server that sends local times without a zone', () => {
  /** A date by the server's local clock, hours ahead of UTC. */
  const toLocalTime = (at: number, hours: number): string =>
    new Date(at + hours * 3_600_000).toISOString().slice(0, -1);

  test.each([-8, -5, 1, 5.5])(
    'corrects the times of calls once one has rung, at UTC%+d',
    async (hours) => {
      const { account, alerts } = await startAccount();
      server.sessions = [createSession('A', { dateCreated: toLocalTime(Date.now(), hours) })];
      await poll(account);
      const startedAt = Date.now() - 40 * 60_000;
      const dateCreated = toLocalTime(startedAt, hours);
      server.sessions = [
        ...server.sessions,
        createSession('B', { callState: 'Connected', dateCreated }),
      ];
      await poll(account);
      const [ring, connected] = ['A', 'B'].map((id) =>
        alerts.log.findLast(({ summary }) => summary.id === id),
      );
      expect(Math.abs((ring?.startedAt ?? 0) - Date.now())).toBeLessThan(60_000);
      expect(connected?.startedAt).toBe(startedAt);
    },
  );
});

describe('Account: a call that vanishes while ringing', () => {
  test('is looked up once and not announced if a colleague answered it', async () => {
    const { account, alerts } = await startAccount();
    await ringAndVanish(account, 'S-1', { answeredByName: 'Priya Tan' });
    await poll(account);
    expect(server.count('/sessions')).toBe(1);
    expect(alerts.raised.map(({ kind }) => kind)).toEqual(['ringing']);
    expect(alerts.log.at(-1)).toMatchObject({ outcome: { kind: 'answered', by: 'Priya Tan' } });
  });

  test('is missed if nobody answered it', async () => {
    const { account, alerts } = await startAccount();
    await ringAndVanish(account, 'S-1', { wasMissed: true });
    expect(alerts.raised.map(({ kind }) => kind)).toEqual(['ringing', 'missed']);
    expect(alerts.log.at(-1)).toMatchObject({ outcome: { kind: 'missed', isInferred: false } });
  });

  test.each([
    ['forbidden', status(403), 1],
    ['missing', status(404), 1],
    ['a bad request', status(400), 1],
    ['unavailable', status(503), 9],
    ['too busy', status(429), 9],
    ['unreachable', RESET, 9],
    ['failing for unknown reasons', fault('unexpected', 'ERR_FAILED'), 9],
    ['signed out', UNAUTHORIZED, 9],
    ['not a list', json({ items: null }), 9],
  ])('counts as missed after two minutes if the lookup is %s', async (_, result, lookups) => {
    server.lookup = result;
    const { account, alerts } = await startAccount();
    await ringAndVanish(account, 'S-1', {});
    await advance(10_000);
    expect(alerts.raised.filter(({ kind }) => kind === 'missed')).toEqual([]);
    await advance(120_000);
    expect(server.count('/sessions')).toBe(lookups);
    expect(alerts.raised.filter(({ kind }) => kind === 'missed')).toHaveLength(1);
    expect(alerts.log.at(-1)).toMatchObject({ outcome: { kind: 'missed', isInferred: true } });
  });

  test('is looked up again while it rings elsewhere and is not announced once a colleague answers', async () => {
    const { account, alerts } = await startAccount();
    await ringAndVanish(account, 'S-1', { callState: 'Ringing', ended: false });
    await advance(60_000);
    expect(server.count('/sessions')).toBe(6);
    server.pastSessions = [
      createSession('S-1', { callState: 'None', ended: true, answeredByName: 'Kim' }),
    ];
    await advance(60_000);
    expect(server.count('/sessions')).toBe(7);
    expect(alerts.raised.map(({ kind }) => kind)).toEqual(['ringing']);
    expect(alerts.log.at(-1)).toMatchObject({ outcome: { kind: 'answered', by: 'Kim' } });
  });

  test.each([
    json({}),
    json({ sessions: null }),
    json({ sessions: [[createSession('S-1')]] }),
    json({ items: [] }),
  ])('has not vanished if the response has no sessions: %o', async (response) => {
    const { account, alerts } = await startAccount();
    server.sessions = [createSession('S-1')];
    await poll(account);
    server.next.push(response);
    await poll(account);
    expect(account.connection).toMatchObject({ kind: 'offline', error: { kind: 'bad-answer' } });
    await advance(60_000);
    expect(alerts.open.map(({ kind }) => kind)).toEqual(['ringing']);
    expect(server.count('/sessions')).toBe(0);
  });

  test('does not break the next poll if its id cannot be part of a URL', async () => {
    const { account, alerts } = await startAccount();
    const id = 'half a \ud83d face';
    server.sessions = [createSession(id)];
    await poll(account);
    server.sessions = [];
    await advance(40_000);
    server.sessions = [createSession('S-2')];
    await poll(account);
    expect(alerts.raised.map(({ kind }) => kind)).toEqual(['ringing', 'missed', 'ringing']);
  });
});

describe('Account: the call history', () => {
  const OWN = { endpointId: 'E-1' };

  /** Creates a call that was missed some time ago. */
  function createPastMissedCall(id: string, agoMs: number, fields: object = {}): object {
    const dateCreated = new Date(Date.now() - agoMs).toISOString();
    return {
      ...createMissedSession(id),
      ...OWN,
      dateCreated,
      dateCompleted: dateCreated,
      ...fields,
    };
  }

  /** Starts an account, lets it see the user’s endpoint, and sleeps for some time. */
  async function startAndLeave(awayMs: number) {
    server.sessions = [createSession('own', { callState: 'Connected', ...OWN })];
    const started = await startAccount();
    server.sessions = [];
    await advance(40_000);
    server.historyRequests.length = 0;
    started.account.setAsleep(true);
    await advance(awayMs);
    return started;
  }

  test('is read page by page after a gap, from the day before', async () => {
    const { account, alerts } = await startAndLeave(10 * HOUR_MS);
    server.history = Array.from({ length: 130 }, (_, index) =>
      createPastMissedCall(`M-${index}`, index * 60_000),
    );
    account.setAsleep(false);
    await advance(0);
    expect(server.historyRequests.map(({ page }) => page)).toEqual(['0', '1', '2', '3', '4', '5']);
    expect(server.historyRequests[0]).toEqual({
      startDate: '2026-03-02',
      sortField: 'dateCreated',
      sortOrder: 'Descend',
      page: '0',
      countPerPage: '100',
    });
    expect(alerts.raised.filter(({ kind }) => kind === 'missed')).toHaveLength(130);
    await advance(60_000);
    expect(server.historyRequests).toHaveLength(6);
    expect(account.history.isCatchingUp).toBe(false);
  });

  test('is read once per gap and not after less than a minute', async () => {
    const { account } = await startAndLeave(50_000);
    account.setAsleep(false);
    await advance(60_000);
    expect(server.historyRequests).toEqual([]);
    account.setAsleep(true);
    await advance(70_000);
    account.setAsleep(false);
    await advance(60_000);
    expect(server.historyRequests).toHaveLength(1);
  });

  test('is read at a random time within 30 seconds of an outage', async () => {
    const { account } = await startAccount();
    await advance(10_000);
    server.historyRequests.length = 0;
    server.broken = RESET;
    await advance(120_000);
    server.broken = undefined;
    account.pollNow();
    await advance(14_000);
    expect(account.connection.kind).toBe('live');
    expect(server.historyRequests).toEqual([]);
    await advance(4_000);
    expect(server.historyRequests).toHaveLength(1);
  });

  test('is read from the archive if the gap is longer than the live data', async () => {
    const { account } = await startAndLeave(20 * 24 * HOUR_MS);
    account.setAsleep(false);
    await advance(0);
    expect(server.historyRequests).toMatchObject([{ searchArchive: 'true' }]);
  });

  test('is resumed at the failed page after the usual delays', async () => {
    const { account, alerts } = await startAndLeave(10 * HOUR_MS);
    server.history = Array.from({ length: 30 }, (_, index) =>
      createPastMissedCall(`M-${index}`, index * 60_000),
    );
    server.nextHistory.push(RESET, status(503));
    account.setAsleep(false);
    await advance(20_000);
    expect(server.historyRequests.map(({ page }) => page)).toEqual(['0', '0', '0', '1']);
    expect(alerts.raised.filter(({ kind }) => kind === 'missed')).toHaveLength(30);
  });

  test('is read up to 2,000 entries', async () => {
    const { account } = await startAndLeave(10 * HOUR_MS);
    server.history = Array.from({ length: 3_000 }, (_, index) =>
      createPastMissedCall(`M-${index}`, index * 1_000),
    );
    account.setAsleep(false);
    await advance(60_000);
    expect(server.historyRequests).toHaveLength(80);
  });

  test('is read until its entries predate the gap, even if the server ignores the start date', async () => {
    const { account } = await startAndLeave(2 * HOUR_MS);
    server.history = Array.from({ length: 300 }, (_, index) =>
      createPastMissedCall(`M-${index}`, index * HOUR_MS),
    );
    account.setAsleep(false);
    await advance(60_000);
    expect(server.historyRequests).toHaveLength(3);
  });

  test.each([
    ['forbidden', status(403)],
    ['missing', status(404)],
    ['a bad request', status(400)],
    ['not a list', json({ total: 3 })],
  ])('is not requested again if it is %s, and polling continues', async (_, result) => {
    const { account, alerts } = await startAndLeave(10 * HOUR_MS);
    server.nextHistory.push(result);
    server.sessions = [createMissedSession('A')];
    account.setAsleep(false);
    await advance(0);
    expect(account.history.isRefused).toBe(true);
    expect(alerts.raised.map(({ kind }) => kind)).toEqual(['missed']);
    account.setAsleep(true);
    await advance(HOUR_MS);
    account.setAsleep(false);
    await advance(60_000);
    expect(server.historyRequests).toHaveLength(1);
    expect(account.connection.kind).toBe('live');
  });

  test('is read by the next run if the app quit before', async () => {
    const { account } = await startAndLeave(10 * HOUR_MS);
    server.history = [createPastMissedCall('M-1', HOUR_MS)];
    server.nextHistory.push(RESET);
    account.setAsleep(false);
    await advance(0);
    account.stop();
    const { alerts } = await startAccount();
    expect(alerts.raised).toMatchObject([{ kind: 'missed' }]);
  });

  test('is read once the user is known, or after three attempts to find out', async () => {
    const { identity } = server;
    server.identity = { isAuthenticated: false };
    server.sessions = [createSession('own', { callState: 'Connected', ...OWN })];
    await startAccount();
    expect(server.historyRequests).toEqual([]);
    server.identity = identity;
    await advance(2_000);
    expect(server.historyRequests).toHaveLength(1);
    server.identity = { isAuthenticated: false };
    server.historyRequests.length = 0;
    rmSync(join(profile, 'watch.json'));
    await startAccount();
    await advance(4_000);
    expect(server.historyRequests).toHaveLength(1);
  });

  test('is requested by the days of the server’s clock', async () => {
    const { account } = await startAndLeave(10 * HOUR_MS);
    const date = new Date(Date.now() + 60 * HOUR_MS).toUTCString();
    server.headers = { date };
    server.history = [createPastMissedCall('M-1', -59 * HOUR_MS)];
    account.setAsleep(false);
    await advance(0);
    expect(server.historyRequests).toMatchObject([{ startDate: '2026-03-04' }]);
  });

  test('shows that it is read only after a gap and while the connection works', async () => {
    const first = await startAccount();
    expect(first.account.history.isCatchingUp).toBe(false);
    first.account.stop();
    server.nextHistory.push(RESET);
    vi.setSystemTime(Date.now() + HOUR_MS);
    const { account } = await startAccount();
    expect(account.history.isCatchingUp).toBe(true);
    server.broken = RESET;
    await advance(3_000);
    expect(account.history.isCatchingUp).toBe(false);
  });

  test('fills the log at the first sign-in without any alert', async () => {
    server.sessions = [createSession('own', { callState: 'Connected', ...OWN })];
    server.history = [createPastMissedCall('M-1', HOUR_MS)];
    const { alerts } = await startAccount();
    expect(alerts.raised).toEqual([]);
    expect(alerts.log.at(-1)).toMatchObject({ summary: { id: 'M-1' }, isSeen: true });
  });
});

describe('Account: a restart', () => {
  test('does not repeat any alert', async () => {
    const first = await startAccount();
    server.sessions = [createSession('S-1'), createSession('S-2')];
    await poll(first.account);
    server.sessions = [createMissedSession('S-1'), createSession('S-2')];
    await poll(first.account);
    expect(first.alerts.raised).toHaveLength(3);
    first.account.stop();
    expect(first.alerts.open).toEqual([]);
    const second = await startAccount();
    await poll(second.account);
    expect(second.alerts.raised).toEqual([]);
  });
});

describe('Account: a bug', () => {
  test('in handling a response does not end polling', async () => {
    const { account } = await startAccount();
    account.once('effects', () => {
      throw new Error('a bug');
    });
    server.sessions = [createSession('S-1')];
    await poll(account);
    const cause = { kind: 'unexpected', code: 'internal' };
    expect(account.connection).toMatchObject({ kind: 'offline', error: cause });
    await advance(1_000);
    expect(account.connection.kind).toBe('live');
  });

  test('in showing the connection does not end polling', async () => {
    const { account } = await startAccount();
    account.on('connection', () => {
      throw new Error('a bug');
    });
    server.broken = RESET;
    await advance(10_000);
    expect(server.polls).toBeGreaterThan(3);
  });
});

/** Creates a ringing session with some fields changed. */
function createSession(id: string, fields: object = {}): object {
  return { id, direction: 'Incoming', callState: 'Ringing', channel: 'Voice', ...fields };
}

function createMissedSession(id: string): object {
  return createSession(id, { callState: 'None', ended: true, wasMissed: true });
}

/** Advances the fake timers and runs pending promises. */
async function advance(ms: number): Promise<void> {
  await vi.advanceTimersByTimeAsync(ms);
}

async function poll(account: Account): Promise<void> {
  account.pollNow();
  await advance(0);
}

/** Lets a call ring and vanish; a lookup finds it with these fields. */
async function ringAndVanish(account: Account, id: string, fields: object): Promise<void> {
  server.sessions = [createSession(id)];
  await poll(account);
  server.sessions = [];
  server.pastSessions = [createSession(id, { callState: 'None', ended: true, ...fields })];
  await poll(account);
}

function getRetryDelay(connection: ConnectionStatus): number {
  if (connection.kind !== 'offline') throw new Error(`not offline: ${connection.kind}`);
  return connection.retryAt - Date.now();
}

interface Options {
  readonly password?: string | undefined;
  readonly managed?: boolean;
  readonly loadPassword?: LoadPassword;
}

/** Starts an account on the fake server and waits for the first poll. */
async function startAccount({ managed = false, loadPassword, ...options }: Options = {}) {
  const password = 'password' in options ? options.password : 'ring-ring';
  const origin = 'https://evovoice.io';
  const credentials = { server: origin, userName: 'maya', password, managed };
  const openAlertState = (): AlertStateFile =>
    new AlertStateFile(join(profile, 'watch.json'), () => undefined);
  const activity = { isWindowVisible: false, isScreenLocked: false };
  const account = new Account(
    { credentials, color: 1, paused: false, loadPassword },
    {
      createClient: (_, signal) =>
        new ApiClient(server.http, { origin, userAgent: 'Ringside/1.2.3', signal }),
      openAlertState,
    },
    { get: () => DEFAULT_SETTINGS, isDoNotDisturbActive: false },
    activity,
  );
  onTestFinished(() => {
    account.stop();
  });
  const connections: ConnectionStatus[] = [];
  account.on('connection', () => connections.push(account.connection));
  const onPasswordRefused = vi.fn();
  account.on('passwordRefused', onPasswordRefused);
  const alerts = collectAlerts(account);
  account.start();
  await advance(0);
  return { account, activity, alerts, connections, onPasswordRefused, openAlertState };
}

/** Collects the alerts and log entries of an account. */
function collectAlerts(account: Account) {
  const raised: Alert[] = [];
  const withdrawn: Alert[] = [];
  const log: LogEntry[] = [];
  const open = new Map<string, Alert>();
  account.on('effects', (effects) => {
    for (const effect of effects) {
      if (effect.kind === 'log') log.push(effect.entry);
      else if (effect.kind === 'withdraw') {
        withdrawn.push(effect.alert);
        open.delete(effect.alert.key);
      } else {
        if (effect.kind === 'raise') raised.push(effect.alert);
        open.set(effect.alert.key, effect.alert);
      }
    }
  });
  return {
    raised,
    withdrawn,
    log,
    get open(): readonly Alert[] {
      return [...open.values()];
    },
  };
}
