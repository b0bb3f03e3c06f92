import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  privileged: [] as { scheme: string; privileges: Record<string, boolean> }[],
}));

vi.mock('electron', () => ({
  protocol: {
    registerSchemesAsPrivileged: (schemes: typeof electron.privileged) => {
      electron.privileged.push(...schemes);
    },
  },
}));

const { CONTENT_SECURITY_POLICY, declareScheme, fileWithin, serveWindow, WINDOW_URL } =
  await import('../../../src/main/window/scheme');

const ROOT = '/opt/ringside/out/renderer';

describe('a path in the window’s address', () => {
  test.each([
    ['/index.html', `${ROOT}/index.html`],
    ['/assets/index-1.js', `${ROOT}/assets/index-1.js`],
    ['/a/../index.html', `${ROOT}/index.html`],
    ['/na%20me.css', `${ROOT}/na me.css`],
  ])('%s is a file of the window', (pathname, file) => {
    expect(fileWithin(ROOT, pathname)).toBe(file);
  });

  test.each([
    '/../main/index.js',
    '/../renderer-other/index.html',
    '/..',
    '/%2e%2e/main/index.js',
    '/%2e%2e%2fmain/index.js',
    '/a/../../main/index.js',
    '/....//../../etc/passwd',
    '/index.html%00.png',
    '/%E0%A4%A',
  ])('%s is none', (pathname) => {
    expect(fileWithin(ROOT, pathname)).toBeUndefined();
  });

  test('never leads out of the folder, whatever it is made of', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '/',
      '\\',
      '%5c',
      'a',
      '%00',
      '%252e',
      '',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), fc.string(), (parts, rest) => {
        for (const pathname of [`/${parts.join('/')}`, parts.join(''), `/${rest}`]) {
          const file = fileWithin(ROOT, pathname);
          if (file === undefined) continue;
          expect(file.startsWith(ROOT + sep)).toBe(true);
          expect(file.split(sep)).not.toContain('..');
          expect(file).not.toContain('\0');
        }
      }),
    );
  });
});

describe('the scheme of the window', () => {
  let folder: string;
  let ask: (url: string) => Promise<Response>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringside-scheme-'));
    const root = join(folder, 'renderer');
    mkdirSync(root);
    for (const name of ['index.html', 'index.js', 'index.css', 'secret.key', 'noextension']) {
      writeFileSync(join(root, name), `this is ${name}`);
    }
    writeFileSync(join(folder, 'outside.js'), 'not for the window');
    ask = served(root);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('is a standard, secure one that may not go round the policy', () => {
    declareScheme();
    expect(electron.privileged).toHaveLength(1);
    const [{ scheme, privileges } = { scheme: '', privileges: {} }] = electron.privileged;
    expect(scheme).toBe('ringside');
    expect(privileges).toMatchObject({ standard: true, secure: true });
    expect(privileges['bypassCSP']).not.toBe(true);
    expect(privileges['corsEnabled']).not.toBe(true);
    expect(privileges['allowServiceWorkers']).not.toBe(true);
  });

  test.each([
    [WINDOW_URL, 'text/html; charset=utf-8'],
    ['ringside://window/index.js', 'text/javascript; charset=utf-8'],
    ['ringside://window/index.css?v=1#top', 'text/css; charset=utf-8'],
  ])('serves %s with its type, a policy, and no guessing', async (url, type) => {
    const { status, headers } = await ask(url);
    expect(status).toBe(200);
    expect(headers.get('Content-Type')).toBe(type);
    expect(headers.get('Content-Security-Policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  test.each([
    'ringside://window/missing.js',
    'ringside://window/',
    'ringside://window/secret.key',
    'ringside://window/noextension',
    'ringside://window/..%2foutside.js',
    'ringside://window/%2e%2e/outside.js',
    'ringside://elsewhere/index.html',
    'ringside://session/index.html',
    'ringside://avatar/unknown',
  ])('serves nothing for %s', async (url) => {
    const response = await ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test('serves the pictures of members', async () => {
    const response = await ask('ringside://avatar/known');
    expect(response.headers.get('Content-Type')).toBe('image/png');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await response.text()).toBe('a picture');
  });
});

describe('the policy of the page', () => {
  const rules = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ');
      return [name, sources] as const;
    }),
  );

  test('allows nothing that is not named', () => {
    expect(rules.get('default-src')).toEqual(["'none'"]);
  });

  test.each(['script-src', 'style-src', 'connect-src', 'font-src'])(
    'lets %s come from the app itself only',
    (name) => {
      expect(rules.get(name)).toEqual(["'self'"]);
    },
  );

  test.each(['base-uri', 'form-action', 'frame-ancestors', 'object-src'])('forbids %s', (name) => {
    expect(rules.get(name)).toEqual(["'none'"]);
  });

  test('knows no inline code, no eval and no network', () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|wss?:|\*|blob:|filesystem:/);
  });
});

/** Serves a folder as the app does; answers as the page would see it. */
function served(root: string): (url: string) => Promise<Response> {
  type Handler = (request: Request) => Promise<Response>;
  let handler: Handler | undefined;
  const session = {
    protocol: {
      handle: (_scheme: string, handle: Handler) => {
        handler = handle;
      },
    },
  };
  const bytes = new TextEncoder().encode('a picture').buffer;
  serveWindow(session as unknown as Parameters<typeof serveWindow>[0], root, {
    picture: (name) => Promise.resolve(name === 'known' ? { type: 'image/png', bytes } : undefined),
  });
  return async (url) => {
    if (!handler) throw new Error('nobody serves the window');
    return handler(new Request(url));
  };
}
