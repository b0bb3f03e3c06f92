import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';

const SOURCES = resolve(import.meta.dirname, '../../src');

interface LogMessage {
  readonly data: unknown[];
  readonly level: string;
}

interface FakeLog {
  readonly transports: {
    readonly file: { resolvePathFn?: () => string; maxSize?: number; level?: string };
    readonly console: { level?: string };
  };
  readonly hooks: ((message: LogMessage) => LogMessage)[];
  readonly info: () => void;
}

const fake = vi.hoisted((): FakeLog => {
  return { transports: { file: {}, console: {} }, hooks: [], info: () => undefined };
});

vi.mock('electron-log/main', () => ({ default: fake }));

const { lastErrors, log, masked, startLog } = await import('../../src/main/log');

describe('the log', () => {
  beforeAll(async () => {
    startLog('/home/maya/.config/ringside', false);
    expect(fake.hooks).toEqual([]);
    log.info('What writes is loaded with the first message.');
    await vi.waitFor(() => {
      expect(fake.hooks).toHaveLength(1);
    });
  });

  test('is one file in the profile, of a bounded size', () => {
    const { resolvePathFn, maxSize } = fake.transports.file;
    expect(resolvePathFn?.()).toBe('/home/maya/.config/ringside/logs/main.log');
    expect(maxSize).toBeLessThanOrEqual(1024 * 1024);
  });

  test.each<[string, unknown, RegExp]>([
    ['a text', 'call from +12025550147', /^call from …47$/],
    ['an object', { number: '+12025550147' }, /…47/],
    ['a number', 12025550147, /^…47$/],
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
      expect(logged(part)).toMatch(/./);
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

describe('the latest errors, for the report', () => {
  test('tell what happened and where, and of nobody', () => {
    const secret = `no '${homedir()}/x', "Grace Hopper" or '+12025550147' (reading 'order')`;
    log.error('unexpected', new TypeError(secret));
    const text = lastErrors().at(-1)?.text ?? '';
    expect(text).toMatch(/^unexpected: TypeError: no .* \(reading 'order'\) at .*log\.test/);
    for (const personal of ['Grace', '555', homedir()]) expect(text).not.toContain(personal);
  });

  test('are few, and short', () => {
    for (let error = 0; error < 100; error += 1) log.error('odd', 'x'.repeat(10_000), error);
    expect(lastErrors().length).toBeLessThanOrEqual(10);
    for (const { text } of lastErrors()) expect(text.length).toBeLessThanOrEqual(300);
  });
});

describe('every place that logs', () => {
  test('is known, and tells nothing of persons, passwords and cookies', () => {
    expect(placesThatLog().sort()).toEqual(
      [
        "main/index.ts: log.error('unhandled', error)",
        "main/index.ts: log.error('uncaught', error)",
        "main/index.ts: log.error('page', text)",
        "main/index.ts: log.error('page gone', reason)",
        "main/index.ts: log.error('process gone', type, reason)",
        "main/accounts/account.ts: log.error('unexpected', error)",
        "main/accounts/account.ts: log.error('unexpected', error)",
        "main/external-links.ts: log.error('cannot open a link', error)",
        "main/update/this-copy.ts: log.error('update', error)",
        'main/app.ts: log.info(`Ringside ${app.getVersion()} on Electron ${process.versions.electron}`)',
        'main/app.ts: log.info(`connection${suffix}: ${connection.kind}${code}`)',
      ].sort(),
    );
  });

  test('goes through the log, which masks', () => {
    const loud = sources().filter(({ text }) =>
      /\bconsole\.\w+\(|process\.std(out|err)/.test(text),
    );
    expect(loud.map(({ name }) => name)).toEqual([]);
  });
});

function logged(part: unknown): string {
  let message: LogMessage = { data: [part], level: 'error' };
  for (const hook of fake.hooks) message = hook(message);
  const [text] = message.data;
  if (typeof text !== 'string') throw new Error('the log was given something else than a text');
  return text;
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
