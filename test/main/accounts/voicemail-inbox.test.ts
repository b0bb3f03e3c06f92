import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Account } from '../../../src/main/accounts/account';
import type { ApiResult } from '../../../src/main/accounts/api-client';
import { VoicemailInbox } from '../../../src/main/accounts/voicemail-inbox';
import { createMissedEntry } from '../../core/log/log-entry-fixture';

const MINUTE = 60_000;

let account: EventEmitter & { isRunning: boolean };
let settings: { voicemail: boolean };
let result: ApiResult<Buffer>;
let inbox: VoicemailInbox;
let requestCount: number;

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(Math, 'random').mockReturnValue(0.5);
  account = Object.assign(new EventEmitter(), { isRunning: true });
  settings = { voicemail: true };
  result = list({ id: 'F-1', type: 'VoiceMessage' });
  requestCount = 0;
  const client = {
    getVoicemails: () => {
      requestCount += 1;
      return Promise.resolve(result);
    },
  };
  inbox = new VoicemailInbox(account as unknown as Account, client, {
    get: () => settings as never,
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

function list(...files: readonly unknown[]): ApiResult<Buffer> {
  return { ok: true, value: Buffer.from(JSON.stringify({ files })) };
}

function fail(code: string): ApiResult<Buffer> {
  return {
    ok: false,
    error: { kind: 'fault', fault: { kind: 'unexpected', code }, retryAfterMs: undefined },
  };
}

/** Polls every second for a while. */
async function poll(ms: number): Promise<void> {
  for (let elapsed = 0; elapsed < ms; elapsed += 1_000) {
    await inbox.refresh();
    await vi.advanceTimersByTimeAsync(1_000);
  }
}

function missCall(): void {
  account.emit('log', [{ kind: 'log', entry: createMissedEntry({ isSeen: false }) }]);
}

describe('VoicemailInbox', () => {
  test('asks after the first poll and every 15 minutes', async () => {
    await inbox.refresh();
    expect(requestCount).toBe(1);
    expect(inbox.voicemails).toMatchObject([{ id: 'F-1' }]);
    await poll(31 * MINUTE);
    expect(requestCount).toBe(3);
  });

  test('asks 20 s, a minute, and 3 minutes after a missed call', async () => {
    await inbox.refresh();
    missCall();
    for (const [seconds, count] of [
      [20, 1],
      [1, 2],
      [39, 2],
      [1, 3],
      [119, 3],
      [1, 4],
      [300, 4],
    ] as const) {
      await poll(seconds * 1_000);
      expect(requestCount).toBe(count);
    }
  });

  test('asks a few times only, however many calls are missed', async () => {
    for (let minute = 0; minute < 5; minute += 1) {
      for (let count = 0; count < 60; count += 1) {
        missCall();
        await poll(1_000);
      }
    }
    expect(requestCount).toBeGreaterThan(5);
    expect(requestCount).toBeLessThan(20);
  });

  test.each([
    ['forbidden', fail('HTTP 403')],
    ['missing', fail('HTTP 404')],
    ['not a list', { ok: true, value: Buffer.from('{"total":0}') } as const],
  ])('doesn’t ask again if the list is %s, until the next sign-in', async (_, refusal) => {
    result = refusal;
    const onChange = vi.fn();
    account.on('change', onChange);
    await inbox.refresh();
    expect(inbox.isRefused).toBe(true);
    expect(onChange).toHaveBeenCalledOnce();
    missCall();
    await poll(20 * MINUTE);
    expect(requestCount).toBe(1);
    result = list();
    inbox.retry();
    await inbox.refresh();
    expect(requestCount).toBe(2);
    expect(inbox.isRefused).toBe(false);
  });

  test('tries again a minute after a failure, and less often after each one', async () => {
    result = fail('HTTP 503');
    await poll(60 * MINUTE);
    // After 0, 1, 3, 7, 15, 30, and 45 minutes.
    expect(requestCount).toBe(7);
  });

  test('reports a list only if it differs from the one before', async () => {
    const onVoicemails = vi.fn();
    account.on('voicemails', onVoicemails);
    await poll(20 * MINUTE);
    expect(onVoicemails).toHaveBeenCalledOnce();
    result = list();
    await poll(20 * MINUTE);
    expect(onVoicemails).toHaveBeenCalledTimes(2);
  });

  test('doesn’t ask while voicemail is turned off', async () => {
    settings.voicemail = false;
    await poll(MINUTE);
    expect(requestCount).toBe(0);
  });

  test('ignores a response to an account that was stopped', async () => {
    const request = inbox.refresh();
    account.isRunning = false;
    await request;
    expect(inbox.voicemails).toEqual([]);
  });
});
