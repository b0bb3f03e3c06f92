import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createCallRecord } from '../../src/core/log/call-record';
import type { LogEntry } from '../../src/core/log/entry';
import { DEFAULT_SETTINGS, type Settings } from '../../src/core/settings/settings';
import { toLogEntry } from '../../src/core/calls/call';
import type { Effect } from '../../src/core/alerts/reduce';
import { createCall, createSession, createCallSummary } from './builders';

const opened = vi.hoisted(() => [] as string[]);

vi.mock('electron', () => ({
  shell: {
    openExternal: (url: string) => {
      opened.push(url);
      return Promise.resolve();
    },
  },
}));

const { getScreenPopUrl, ScreenPop } = await import('../../src/main/screen-pop');

const NOW = Date.UTC(2026, 2, 3, 9, 30);
const TEMPLATE = 'https://crm.example/find?q={number}&n={name}&for={customer}&s={sessionId}';
const GRACE_URL =
  'https://crm.example/find?q=%2B12025550147&n=Grace%20Hopper&for=Bright%20Dental&s=S-1';

beforeEach(() => {
  opened.length = 0;
  vi.useFakeTimers({ now: NOW });
});

describe('a screen pop on request', () => {
  test('opens the URL of an active session', async () => {
    const screenPop = createScreenPop({ screenPopUrl: TEMPLATE });
    expect(screenPop.canOpen('S-1')).toBe(true);
    expect(await screenPop.open('S-1')).toBe(true);
    expect(opened).toEqual([GRACE_URL]);
  });

  test.each(['', 'http://crm.example/{name}', 'file:///etc/{name}', 'javascript:{name}'])(
    'opens nothing with the template %o',
    async (screenPopUrl) => {
      const screenPop = createScreenPop({ screenPopUrl });
      expect(screenPop.canOpen('S-1')).toBe(false);
      expect(await screenPop.open('S-1')).toBe(false);
      expect(opened).toEqual([]);
    },
  );

  test('opens the URL of an ended call from its log entry', async () => {
    const screenPop = createScreenPop({ screenPopUrl: TEMPLATE });
    expect(screenPop.canOpen('over')).toBe(true);
    expect(await screenPop.open('over')).toBe(true);
    expect(opened).toEqual([GRACE_URL]);
  });

  test('opens the URL with the server’s ids of an ended call', async () => {
    const screenPopUrl = 'https://crm.example/{customerId}/{callSid}';
    const screenPop = createScreenPop({ screenPopUrl });
    expect(await screenPop.open('over')).toBe(true);
    expect(opened).toEqual(['https://crm.example/C-7/CA-7']);
  });

  test('opens the URL with the number in its national form', async () => {
    const screenPopUrl = 'https://crm.example/{nationalNumber}';
    const screenPop = createScreenPop({ screenPopUrl });
    await screenPop.open('S-1');
    await screenPop.open('over');
    await screenPop.openExample();
    expect(opened).toEqual(Array.from({ length: 3 }, () => 'https://crm.example/2025550147'));
  });

  test('can be tried with the values of the preview', async () => {
    const screenPop = createScreenPop({ screenPopUrl: 'https://crm.example/?q={number}&n={name}' });
    expect(await screenPop.openExample()).toBe(true);
    expect(opened).toEqual(['https://crm.example/?q=%2B12025550147&n=Grace%20Hopper']);
    expect(await createScreenPop({ screenPopUrl: '' }).openExample()).toBe(false);
  });

  test('opens nothing for an unknown session', async () => {
    expect(await createScreenPop({ screenPopUrl: TEMPLATE }).open('gone')).toBe(false);
  });
});

describe('an automatic screen pop', () => {
  test.each([
    ['ringing', 1],
    ['answer', 0],
    ['button', 0],
  ] as const)('opens for a ring if set to "%s": %i', (screenPopWhen, count) => {
    createScreenPop({ screenPopUrl: TEMPLATE, screenPopWhen }).apply([RING]);
    expect(opened).toHaveLength(count);
  });

  test.each([
    ['ringing', 0],
    ['answer', 1],
    ['button', 0],
  ] as const)('opens for a call the user answers if set to "%s": %i', (screenPopWhen, count) => {
    createScreenPop({ screenPopUrl: TEMPLATE, screenPopWhen }).apply([createAnswer()]);
    expect(opened).toHaveLength(count);
  });

  test('opens once per answered call', () => {
    const screenPop = createScreenPop({ screenPopUrl: TEMPLATE, screenPopWhen: 'answer' });
    screenPop.apply([createAnswer()]);
    screenPop.apply([createAnswer(), createAnswer()]);
    expect(opened).toHaveLength(1);
  });

  test('opens a bounded number of pages per minute', () => {
    const screenPop = createScreenPop({ screenPopUrl: TEMPLATE, screenPopWhen: 'ringing' });
    screenPop.apply(Array<Effect>(500).fill(RING));
    expect(opened).toHaveLength(20);
    vi.advanceTimersByTime(60_000);
    screenPop.apply([RING]);
    expect(opened).toHaveLength(21);
  });

  test.each([
    ['answered by someone else', { outcome: { kind: 'answered', by: 'Alan', isOwn: false } }],
    ['answered a while ago', { answeredAt: NOW - 10_000 }],
    ['missed', { outcome: { kind: 'missed', isInferred: false, wasAway: false } }],
  ] as const)('opens nothing for a call %s', (_, fields) => {
    const screenPop = createScreenPop({ screenPopUrl: TEMPLATE, screenPopWhen: 'answer' });
    screenPop.apply([createAnswer(fields)]);
    expect(opened).toEqual([]);
  });

  test('opens nothing for a call that was answered before the setting changed', () => {
    const settings = { ...DEFAULT_SETTINGS, screenPopUrl: TEMPLATE };
    const store = { get: (): Settings => settings, managed: {}, screenPopHost: 'crm.example' };
    const screenPop = new ScreenPop(
      { getSession: () => createSession() },
      store,
      { get: () => undefined },
      { region: 'US' },
      () => Promise.resolve(true),
    );
    screenPop.apply([createAnswer()]);
    Object.assign(settings, { screenPopWhen: 'answer' });
    screenPop.apply([createAnswer()]);
    expect(opened).toEqual([]);
  });
});

describe('a host that the user hasn’t confirmed', () => {
  const settings = { screenPopUrl: TEMPLATE };

  test('is confirmed once for any number of calls', async () => {
    const store = { screenPopHost: 'other.example' };
    const confirmHost = vi.fn(() => Promise.resolve(true));
    const screenPop = createScreenPop(settings, confirmHost, store);
    await Promise.all([screenPop.open('S-1'), screenPop.open('S-1')]);
    await screenPop.open('S-1');
    expect(confirmHost).toHaveBeenCalledExactlyOnceWith('crm.example');
    expect(opened).toEqual([GRACE_URL, GRACE_URL, GRACE_URL]);
    expect(store.screenPopHost).toBe('crm.example');
  });

  test('is asked about in one dialog at a time', async () => {
    let answer: (isConfirmed: boolean) => void = () => undefined;
    const confirmHost = vi.fn(() => new Promise<boolean>((resolve) => (answer = resolve)));
    const changing = { screenPopUrl: TEMPLATE };
    const screenPop = createScreenPop(changing, confirmHost, { screenPopHost: '' });
    const first = screenPop.open('S-1');
    changing.screenPopUrl = 'https://evil.example/{name}';
    await screenPop.open('S-1');
    answer(true);
    await first;
    expect(confirmHost).toHaveBeenCalledExactlyOnceWith('crm.example');
    expect(opened).toEqual([GRACE_URL]);
  });

  test('gets nothing if the user refuses', async () => {
    const store = { screenPopHost: '' };
    const screenPop = createScreenPop(
      settings,
      vi.fn(() => Promise.resolve(false)),
      store,
    );
    await screenPop.open('S-1');
    expect(opened).toEqual([]);
    expect(store.screenPopHost).toBe('');
  });

  test('needs no confirmation if an administrator has set it', async () => {
    const confirmHost = vi.fn(() => Promise.resolve(false));
    const store = { screenPopHost: '', managed: settings };
    await createScreenPop(settings, confirmHost, store).open('S-1');
    expect(opened).toEqual([GRACE_URL]);
    expect(confirmHost).not.toHaveBeenCalled();
  });
});

describe('the screen pop URL', () => {
  test('fills in the placeholders', () => {
    expect(getScreenPopUrl(TEMPLATE, createSession())).toBe(GRACE_URL);
    const template = 'https://crm.example/{customerId}/{endpoint}/{direction}/{callSid}';
    const session = createSession({ customerId: 'C-1', callSid: 'CA1' });
    expect(getScreenPopUrl(template, session)).toBe(
      'https://crm.example/C-1/Front%20desk/incoming/CA1',
    );
  });

  test('is undefined with an empty or invalid template', () => {
    expect(getScreenPopUrl('', createSession())).toBeUndefined();
    expect(getScreenPopUrl('http://crm.example/{name}', createSession())).toBeUndefined();
    expect(getScreenPopUrl('https://crm.example/{secret}', createSession())).toBeUndefined();
  });

  test.each([
    'a&b=c#d',
    '../../admin',
    '{sessionId}',
    'https://evil.example/',
    '"><script>',
    '%00\r\nX: y',
  ])('encodes the name %o as a single value', (fromName) => {
    const url = getScreenPopUrl('https://crm.example/find?n={name}', createSession({ fromName }));
    const { origin, pathname, searchParams, hash } = new URL(url ?? '');
    expect([origin, pathname, hash]).toEqual(['https://crm.example', '/find', '']);
    expect([...searchParams.keys()]).toEqual(['n']);
  });

  test('leaves unknown values empty', () => {
    const unknown = createSession({ fromName: null, fromAddress: null });
    expect(getScreenPopUrl('https://crm.example/find?n={name}', unknown)).toBe(
      'https://crm.example/find?n=',
    );
  });
});

const RING: Effect = {
  kind: 'raise',
  alert: { kind: 'ringing', key: 'ring S-1', summary: createCallSummary() },
};

function createAnswer(fields: Partial<LogEntry> = {}): Effect {
  const entry = toLogEntry(createCall([createSession(), NOW - 5_000]));
  const outcome = { kind: 'answered', by: 'Maya', isOwn: true } as const;
  return { kind: 'log', entry: { ...entry, outcome, answeredAt: NOW - 1_000, ...fields } };
}

function createScreenPop(
  settings: Partial<Settings>,
  confirmHost = vi.fn<(host: string) => Promise<boolean>>(),
  store: { screenPopHost: string | undefined; managed?: Partial<Settings> } = {
    screenPopHost: 'crm.example',
  },
) {
  const session = createSession();
  const ids = createSession({ customerId: 'C-7', callSid: 'CA-7' });
  const record = createCallRecord(ids, { id: undefined, name: undefined }, 0);
  return new ScreenPop(
    { getSession: (id) => (id === session.id ? session : undefined) },
    Object.assign(store, {
      get: () => ({ ...DEFAULT_SETTINGS, ...settings }),
      managed: store.managed ?? {},
    }),
    {
      get: (id) =>
        id === 'over' ? { ...toLogEntry(createCall([session, NOW])), record } : undefined,
    },
    { region: 'US' },
    confirmHost,
  );
}
