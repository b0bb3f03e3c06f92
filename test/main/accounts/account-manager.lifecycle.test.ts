import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { server, harness } from './account-manager-harness';

describe('AccountManager.start', () => {
  test('requires a sign-in and sends nothing without an account', async () => {
    const { accounts } = harness.start();
    expect(accounts.connection).toEqual({ kind: 'signed-out', error: null });
    expect(accounts.list.views).toEqual([]);
    expect(accounts.trayStatus).toMatchObject({ kind: 'connection-problem', problem: 'sign-in' });
    await harness.waitForIdle();
    expect(server.requests).toEqual([]);
  });

  test('signs in with managed credentials and shows the user', async () => {
    const { accounts } = await harness.startLive();
    await vi.waitFor(() => {
      expect(accounts.list.views).toMatchObject([
        {
          label: server.userName,
          color: 1,
          server: server.url,
          userName: server.userName,
          name: expect.any(String) as string,
          roles: ['User'],
          isManaged: true,
        },
      ]);
    });
  });

  test('never writes managed credentials to disk', async () => {
    const { accounts, settings } = await harness.startLive();
    settings.update({ pollSeconds: 3 });
    server.ring({ fromName: 'Grace Hopper' });
    accounts.pollNow();
    await vi.waitFor(() => {
      expect(harness.readProfile()).toContain('Grace Hopper');
    });
    accounts.dispose();
    expect(harness.readProfile()).toContain('"outcome"');
    expect(harness.readProfile()).not.toContain(server.password);
    expect(harness.readProfile()).not.toContain(server.userName);
  });

  test('signs in again if the session of a remembered account has expired', async () => {
    const { accounts } = harness.start({ ...harness.credentials(), managed: false });
    await vi.waitFor(() => {
      expect(accounts.connection.kind).toBe('live');
    });
    const paths = server.requests.slice(0, 3).map(({ path }) => path);
    expect(paths).toEqual(['/sessions/my', '/auth/credentials', '/sessions/my']);
  });
});

describe('AccountManager: sleep and screen lock', () => {
  test('sends nothing while asleep and polls immediately after waking', async () => {
    const { accounts, settings } = await harness.startLive();
    settings.update({ pollSeconds: 1 });
    await harness.waitForPoll();
    accounts.setAsleep(true);
    await harness.waitForIdle();
    const before = server.requests.length;
    accounts.pollNow();
    await harness.waitForIdle();
    expect(server.requests).toHaveLength(before);
    accounts.setAsleep(false);
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 500);
  });

  test('polls immediately after unlocking', async () => {
    const { accounts } = await harness.startLive();
    accounts.setScreenLocked(true);
    await harness.waitForPoll();
    const before = server.requests.length;
    accounts.setScreenLocked(false);
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 500);
  });
});

describe('AccountManager.setWindowVisible', () => {
  test('polls soon after the window opened', async () => {
    const { accounts, settings } = await harness.startLive();
    settings.update({ pollSeconds: 30 });
    await harness.waitForPoll();
    await harness.waitForIdle();
    const before = server.requests.length;
    accounts.setWindowVisible(true);
    expect(accounts.list.all.some(({ isBusy }) => isBusy)).toBe(false);
    await vi.waitFor(() => {
      expect(server.requests.length).toBeGreaterThan(before);
    }, 10_000);
  });
});

describe('AccountManager.dispose', () => {
  test('withdraws all alerts, saves the alert state, and sends nothing more', async () => {
    const { accounts } = await harness.startLive();
    const id = server.ring();
    await harness.waitForPoll();
    accounts.dispose();
    accounts.dispose();
    expect(harness.open).toEqual([]);
    const before = server.requests.length;
    await harness.waitForIdle();
    expect(server.requests).toHaveLength(before);
    expect(readFileSync(harness.alertStatePath(), 'utf8')).toContain(id);
  });

  test('does not repeat any alert after a restart', async () => {
    const { accounts } = await harness.startLive();
    const missed = server.ring();
    server.ring();
    await harness.waitForPoll();
    server.miss(missed, { listedSeconds: 600 });
    await harness.waitForPoll();
    accounts.dispose();
    const before = harness.raised.length;
    expect(before).toBe(3);
    await harness.startLive();
    await harness.waitForPoll();
    expect(harness.raised).toHaveLength(before);
  });

  test('ignores the response to a request in flight', async () => {
    const { accounts } = await harness.startLive();
    server.fault({ path: '/sessions/my', delayMs: 50 });
    accounts.pollNow();
    accounts.dispose();
    const before = harness.connections.length;
    await harness.waitForIdle();
    expect(harness.connections).toHaveLength(before);
  });
});
