import { readdirSync, readFileSync, writeSync } from 'node:fs';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { log, masked, startLog } from '../../src/main/log';

const SOURCES = resolve(import.meta.dirname, '../../src');

vi.mock('node:fs', async (original) => ({ ...(await original()), writeSync: vi.fn() }));

let profile: string;

beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'ringside-log-'));
  vi.mocked(writeSync).mockReset();
  startLog(profile, false);
});

afterEach(async () => {
  await rm(profile, { recursive: true, force: true });
});

describe('the log', () => {
  test('is one file in the profile, of a bounded size, and the one before it', async () => {
    for (let line = 0; line < 1_200; line += 1) log.info('x'.repeat(1_000));
    const sizes = await Promise.all(
      ['main.log', 'main.old.log'].map(async (name) => (await stat(logFile(name))).size),
    );
    expect(Math.max(...sizes)).toBeLessThanOrEqual(1024 * 1024);
    expect(Math.min(...sizes)).toBeGreaterThan(100_000);
    expect(readdirSync(join(profile, 'logs'))).toHaveLength(2);
  });

  test('says when, how bad and what', () => {
    log.error('cannot', 'reach');
    expect(readFileSync(logFile(), 'utf8')).toMatch(
      /^\[\d{4}-\d\d-\d\dT[\d:.]+Z\] \[error\] cannot reach\n$/,
    );
  });

  test('is on the terminal too: all of it while developing, else what went wrong', () => {
    log.info('quiet');
    log.error('loud');
    startLog(profile, true);
    log.info('told');
    expect(onTerminal()).toEqual([
      expect.stringMatching(/loud\n$/),
      expect.stringMatching(/told\n$/),
    ]);
  });

  test('that cannot be written takes nothing along', async () => {
    await writeFile(join(profile, 'logs'), 'a file where the folder should be');
    expect(() => {
      log.info('call from +12025550147');
    }).not.toThrow();
    expect(onTerminal()).toEqual([expect.stringMatching(/cannot be written/)]);
  });

  test('needs no terminal', () => {
    vi.mocked(writeSync).mockImplementation(() => {
      throw new Error('EPIPE');
    });
    expect(logged('heard anyway')).toBe('heard anyway\n');
  });

  test.each<[string, unknown, RegExp]>([
    ['a text', 'call from +12025550147', /^call from …47\n$/],
    ['an object', { number: '+12025550147' }, /…47/],
    ['a number', 12025550147, /^…47\n$/],
    ['a list in an object', { numbers: ['+1 202-555-0147'] }, /…47/],
  ])('masks %s', (_, part, said) => {
    const text = logged(part);
    expect(text).toMatch(said);
    expect(text).not.toMatch(/555/);
  });

  test('tells where an error came from', () => {
    expect(logged(new Error('no call to +12025550147'))).toMatch(
      /^Error: no call to …47\n\s+at .*log\.test/,
    );
  });

  test('takes whatever is thrown', () => {
    const circle: Record<string, unknown> = {};
    circle['circle'] = circle;
    for (const part of [undefined, null, circle, 7n, Symbol('bug'), () => 1, new Map([[1, 2]])]) {
      expect(logged(part)).toMatch(/\S/);
    }
  });
});

describe('what a log must not tell', () => {
  test.each([
    '+12025550147',
    '2025550147',
    '+1 202-555-0147',
    '(202) 555-0147',
    '+49 30/231254-60',
    '0049.30.23125460',
    '٠٢٠٢٥٥٥٠١٤٧',
  ])('the number %s is masked', (number) => {
    const text = masked(`a call from ${number} came`);
    expect(text).toMatch(/^a call from [^\p{Nd}]*…\p{Nd}{2} came$/u);
  });

  test('what an address tells of a call is masked, and where it leads is not', () => {
    const text = masked('cannot open https://crm.example:8443/find?n=Grace%20Hopper&s=S-1 now');
    expect(text).toBe('cannot open https://crm.example:8443/… now');
  });

  test.each([
    'connection: offline (ERR_CONNECTION_RESET)',
    'connection: offline (HTTP 503)',
    'Ringside 0.1.0 on Electron 33.2.1',
    'at poll (file:///opt/ringside/out/main/index.js:12:3456)',
    'at poll (file:///opt/ringside/out/main/index.js:1:234567)',
    'extension 4711',
  ])('"%s" is told as it is', (text) => {
    expect(masked(text)).toBe(text);
  });

  test('no masked text keeps six digits of a number together', () => {
    const digit = fc.integer({ min: 0, max: 9 }).map(String);
    const gap = fc.constantFrom('', '', '', ' ', '-', '.', '/', ') ');
    const number = fc.array(fc.tuple(digit, gap), { minLength: 7, maxLength: 15 });
    fc.assert(
      fc.property(number, fc.string(), (parts, before) => {
        const text = masked(`${before} ${parts.flat().join('')}`);
        expect(text.replace(/[\s().\-/]/g, '')).not.toMatch(/\d{6,}$/);
      }),
    );
  });
});

describe('every place that logs', () => {
  test('is known, and tells nothing of persons, passwords and cookies', () => {
    expect(placesThatLog().sort()).toEqual(
      [
        "main/index.ts: log.error('unhandled', error)",
        "main/index.ts: log.error('uncaught', error)",
        "main/ringside.ts: log.error('unexpected', error)",
        'main/ringside.ts: log.info(`Ringside ${app.getVersion()} on Electron ${process.versions.electron}`)',
        'main/ringside.ts: log.info(`connection: ${connection.kind}${code}`)',
      ].sort(),
    );
  });

  test('goes through the log, which masks', () => {
    const loud = sources().filter(
      ({ name, text }) =>
        name !== 'main/log.ts' && /\bconsole\.\w+\(|process\.std(out|err)/.test(text),
    );
    expect(loud.map(({ name }) => name)).toEqual([]);
  });
});

const logFile = (name = 'main.log'): string => join(profile, 'logs', name);

const onTerminal = (): unknown[] => vi.mocked(writeSync).mock.calls.map(([, text]) => text);

/** What the log says of something, without the time and the level. */
function logged(part: unknown): string {
  log.error(part);
  return readFileSync(logFile(), 'utf8').replace(/^\[[^\]]*\] \[error\] /, '');
}

/** Every call of the log in what runs in the app, with its file. */
function placesThatLog(): string[] {
  return sources().flatMap(({ name, text }) =>
    [
      ...text.matchAll(
        /\blog\.(?:error|warn|info|verbose|debug|silly|log)\((?:[^()]|\([^()]*\))*\)/g,
      ),
    ].map(([call]) => `${name}: ${call}`),
  );
}

/** The sources of the app; the stand-in has a terminal to speak to. */
function sources(): { readonly name: string; readonly text: string }[] {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|svelte)$/.test(name) && !name.startsWith('demo'))
    .map((name) => ({ name, text: readFileSync(join(SOURCES, name), 'utf8') }));
}
