import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const profile = mkdtempSync(join(tmpdir(), 'ringside-log-'));
afterAll(() => {
  rmSync(profile, { recursive: true });
});
const SOURCE_FOLDER = resolve(import.meta.dirname, '../../src');

interface LogMessage {
  readonly data: unknown[];
  readonly level: string;
}

interface FakeLog {
  readonly transports: {
    readonly file: {
      resolvePathFn?: () => string;
      maxSize?: number;
      level?: string;
      writeOptions?: object;
    };
    readonly console: { level?: string };
  };
  readonly hooks: ((message: LogMessage) => LogMessage)[];
  readonly info: () => void;
}

const fake = vi.hoisted((): FakeLog => {
  return { transports: { file: {}, console: {} }, hooks: [], info: () => undefined };
});

vi.mock('electron-log/main', () => ({ default: fake }));

const { configureLog, getRecentErrors, log, redact } = await import('../../src/main/logger');

describe('log', () => {
  beforeAll(async () => {
    configureLog(profile, false);
    expect(fake.hooks).toEqual([]);
    log.info('The first message loads the library.');
    await vi.waitFor(() => {
      expect(fake.hooks).toHaveLength(1);
    });
  });

  test('writes one file of limited size in the profile', () => {
    const { resolvePathFn, maxSize } = fake.transports.file;
    expect(resolvePathFn?.()).toBe(join(profile, 'logs/main.log'));
    expect(maxSize).toBeLessThanOrEqual(1024 * 1024);
  });

  test.each<[string, unknown, RegExp]>([
    ['a text', 'call from +12025550147', /^call from …47$/],
    ['an object', { number: '+12025550147' }, /…47/],
    ['a number', 12025550147, /^…47$/],
    ['a list in an object', { numbers: ['+1 202-555-0147'] }, /…47/],
  ])('redacts %s', (_, part, expected) => {
    const text = runHooks(part);
    expect(text).toMatch(expected);
    expect(text).not.toMatch(/555/);
  });

  test('cuts long texts', () => {
    expect(runHooks('x'.repeat(1_000_000)).length).toBeLessThanOrEqual(10_000);
  });

  test('keeps the log private', () => {
    expect(fake.transports.file.writeOptions).toMatchObject({ mode: 0o600 });
  });

  test('keeps the location of an error', () => {
    expect(runHooks(new Error('no call to +12025550147'))).toMatch(
      /^Error: no call to …47\n\s+at .*logger\.test/,
    );
  });

  test('accepts any value', () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    for (const part of [undefined, null, circular, 7n, Symbol('bug'), () => 1, new Map([[1, 2]])]) {
      expect(runHooks(part)).toMatch(/./);
    }
  });
});

describe('redact', () => {
  test.each([
    '+12025550147',
    '2025550147',
    '+1 202-555-0147',
    '(202) 555-0147',
    '+49 30/231254-60',
    '0049.30.23125460',
    '٠٢٠٢٥٥٥٠١٤٧',
  ])('masks the phone number %s', (number) => {
    const text = redact(`a call from ${number} came`);
    expect(text).toMatch(/^a call from [^\p{Nd}]*…\p{Nd}{2} came$/u);
  });

  test('masks a URL except for its host', () => {
    const text = redact('cannot open https://crm.example:8443/find?n=Grace%20Hopper&s=S-1 now');
    expect(text).toBe('cannot open https://crm.example:8443/… now');
  });

  test.each([
    'connection: offline (ERR_CONNECTION_RESET)',
    'connection: offline (HTTP 503)',
    'Ringside 0.1.0 on Electron 33.2.1',
    'at poll (file:///opt/ringside/out/main/index.js:12:3456)',
    'at poll (file:///opt/ringside/out/main/index.js:1:234567)',
    'extension 4711',
  ])('keeps "%s"', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('takes linear time for any text', () => {
    const before = performance.now();
    redact(`.js:${'1'.repeat(500_000)}x`);
    redact(`1${'('.repeat(500_000)}`);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  test('never keeps six digits of a phone number', () => {
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    const gap = fc.constantFrom('', '', '', ' ', '-', '.', '/', ') ');
    const number = fc.array(fc.tuple(digit, gap), { minLength: 7, maxLength: 15 });
    fc.assert(
      fc.property(number, fc.string(), (parts, before) => {
        const text = redact(`${before} ${parts.flat().join('')}`);
        expect(text.replace(/[\s().\-/]/g, '')).not.toMatch(/\d{6,}$/);
      }),
    );
  });
});

describe('getRecentErrors', () => {
  test('returns what happened and where, without personal data', () => {
    const secret = `no '${homedir()}/x', "Grace Hopper" or '+12025550147' (reading 'order')`;
    log.error('unexpected', new TypeError(secret));
    const text = getRecentErrors().at(-1)?.text ?? '';
    expect(text).toMatch(/^unexpected: TypeError: no .* \(reading 'order'\) at .*logger\.test/);
    for (const personal of ['Grace', '555', homedir()]) expect(text).not.toContain(personal);
  });

  test('returns a few short errors', () => {
    for (let error = 0; error < 100; error += 1) log.error('odd', 'x'.repeat(10_000), error);
    expect(getRecentErrors().length).toBeLessThanOrEqual(10);
    for (const { text } of getRecentErrors()) expect(text.length).toBeLessThanOrEqual(300);
  });
});

test('the app writes to the log only, except for the reason why it can’t start', () => {
  const others = readSources().filter(({ text }) =>
    /\bconsole\.\w+\(|process\.std(out|err)/.test(text),
  );
  expect(others.map(({ name }) => name)).toEqual(['main/start-error.ts']);
});

function runHooks(part: unknown): string {
  let message: LogMessage = { data: [part], level: 'error' };
  for (const hook of fake.hooks) message = hook(message);
  const [text] = message.data;
  if (typeof text !== 'string') throw new Error('the hooks returned no text');
  return text;
}

/** Returns the sources of the app. The mock server may write to the terminal. */
function readSources(): { readonly name: string; readonly text: string }[] {
  return readdirSync(SOURCE_FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.startsWith('demo'))
    .map((name) => ({ name, text: readFileSync(join(SOURCE_FOLDER, name), 'utf8') }));
}
