import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  privileged: [] as { scheme: string; privileges: Record<string, boolean> }[],
}));

vi.mock('electron', () => ({
  app: { isPackaged: true },
  protocol: {
    registerSchemesAsPrivileged: (schemes: typeof electron.privileged) => {
      electron.privileged.push(...schemes);
    },
  },
}));

// A packaged app ignores it.
vi.stubEnv('ELECTRON_RENDERER_URL', 'http://127.0.0.1:5173');

const {
  blockNetwork,
  CONTENT_SECURITY_POLICY,
  getPageUrl,
  handleAppProtocol,
  isAppUrl,
  registerAppScheme,
  resolveInside,
} = await import('../../../src/main/window/protocol');

const ROOT = '/opt/ringside/out/renderer';

describe('resolveInside', () => {
  test.each([
    ['/index.html', `${ROOT}/index.html`],
    ['/assets/index-1.js', `${ROOT}/assets/index-1.js`],
    ['/a/../index.html', `${ROOT}/index.html`],
    ['/na%20me.css', `${ROOT}/na me.css`],
  ])('resolves %s', (pathname, file) => {
    expect(resolveInside(ROOT, pathname)).toBe(file);
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
  ])('rejects %s', (pathname) => {
    expect(resolveInside(ROOT, pathname)).toBeUndefined();
  });

  test('never returns a file outside of the folder', () => {
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
          const file = resolveInside(ROOT, pathname);
          if (file === undefined) continue;
          expect(file.startsWith(ROOT + sep)).toBe(true);
          expect(file.split(sep)).not.toContain('..');
          expect(file).not.toContain('\0');
        }
      }),
    );
  });
});

describe('isAppUrl', () => {
  const DEV_SERVER = 'http://127.0.0.1:5173';

  test('accepts only the app’s pages', () => {
    expect(getPageUrl('index.html')).toBe('ringside://window/index.html');
    expect(isAppUrl('ringside://window/index.html#settings')).toBe(true);
    for (const url of [
      '',
      'about:blank',
      'ringside://avatar/0',
      'ringside://window.example/',
      'file:///opt/Ringside/index.html',
      `${DEV_SERVER}/index.html`,
    ]) {
      expect(isAppUrl(url), url).toBe(false);
    }
  });

  test('accepts the development server while developing, but no other with a similar name', () => {
    expect(getPageUrl('ringtone.html', DEV_SERVER)).toBe(`${DEV_SERVER}/ringtone.html`);
    expect(isAppUrl(`${DEV_SERVER}/index.html`, DEV_SERVER)).toBe(true);
    expect(isAppUrl(`${DEV_SERVER}0/`, DEV_SERVER)).toBe(false);
    expect(isAppUrl(`${DEV_SERVER}.example/`, DEV_SERVER)).toBe(false);
  });
});

describe('the app’s scheme', () => {
  let folder: string;
  let load: (url: string) => Promise<Response>;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringside-scheme-'));
    const root = join(folder, 'renderer');
    mkdirSync(root);
    for (const name of ['index.html', 'index.js', 'index.css', 'secret.key', 'noextension']) {
      writeFileSync(join(root, name), `this is ${name}`);
    }
    writeFileSync(join(folder, 'outside.js'), 'secret');
    load = serve(root);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  test('is standard and secure, and can’t bypass the policy', () => {
    registerAppScheme();
    expect(electron.privileged).toHaveLength(1);
    const [{ scheme, privileges } = { scheme: '', privileges: {} }] = electron.privileged;
    expect(scheme).toBe('ringside');
    expect(privileges).toMatchObject({ standard: true, secure: true });
    expect(privileges['bypassCSP']).not.toBe(true);
    expect(privileges['corsEnabled']).not.toBe(true);
    expect(privileges['allowServiceWorkers']).not.toBe(true);
  });

  test.each([
    ['ringside://window/index.html', 'text/html; charset=utf-8'],
    ['ringside://window/index.js', 'text/javascript; charset=utf-8'],
    ['ringside://window/index.css?v=1#top', 'text/css; charset=utf-8'],
  ])('serves %s with its type and the policy', async (url, type) => {
    const { status, headers } = await load(url);
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
  ])('responds with 404 to %s', async (url) => {
    const response = await load(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  test('serves avatars', async () => {
    const response = await load('ringside://avatar/known');
    expect(response.headers.get('Content-Type')).toBe('image/png');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await response.text()).toBe('an avatar');
  });
});

describe('the Content-Security-Policy', () => {
  const rules = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((rule) => {
      const [name = '', ...sources] = rule.split(' ');
      return [name, sources] as const;
    }),
  );

  test('allows nothing by default', () => {
    expect(rules.get('default-src')).toEqual(["'none'"]);
  });

  test.each(['script-src', 'style-src', 'connect-src', 'font-src'])(
    'allows %s from the app only',
    (name) => {
      expect(rules.get(name)).toEqual(["'self'"]);
    },
  );

  test.each(['base-uri', 'form-action', 'frame-ancestors', 'object-src'])('forbids %s', (name) => {
    expect(rules.get(name)).toEqual(["'none'"]);
  });

  test('allows no inline code, no eval, and no network', () => {
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|wss?:|\*|blob:|filesystem:/);
  });
});

describe('handleAppProtocol: voice messages', () => {
  test.each([
    [undefined, 200, '0123456789', null],
    ['bytes=0-', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=8-99', 206, '89', 'bytes 8-9/10'],
    ['bytes=10-', 200, '0123456789', null],
    ['bytes=-3', 200, '0123456789', null],
    ['lines=1-2', 200, '0123456789', null],
  ])('serves the range %s', async (range, status, body, contentRange) => {
    const load = serve('/nowhere');
    const response = await load('ringside://voicemail/a%2F1', range ? { range } : {});
    expect(response.status).toBe(status);
    expect(await response.text()).toBe(body);
    expect(response.headers.get('content-range')).toBe(contentRange);
    expect(response.headers.get('content-length')).toBe(String(body.length));
    expect(response.headers.get('content-type')).toBe('audio/wav');
  });

  test.each(['other', '%E0%A4%A'])('returns 404 for the path %s', async (path) => {
    expect((await serve('/nowhere')(`ringside://voicemail/${path}`)).status).toBe(404);
  });
});

/** Serves a folder as the app does and returns a function that loads its URLs. */
function serve(
  root: string,
): (url: string, headers?: Readonly<Record<string, string>>) => Promise<Response> {
  type Handler = (request: Request) => Promise<Response>;
  let handler: Handler | undefined;
  const session = {
    protocol: {
      handle: (_scheme: string, handle: Handler) => {
        handler = handle;
      },
    },
  };
  const bytes = new TextEncoder().encode('an avatar').buffer;
  const audio = new TextEncoder().encode('0123456789').buffer;
  handleAppProtocol(
    session as never,
    root,
    {
      load: (name) => Promise.resolve(name === 'known' ? { type: 'image/png', bytes } : undefined),
    },
    {
      load: (key) =>
        Promise.resolve(key === 'a/1' ? { type: 'audio/wav', bytes: audio } : undefined),
    },
  );
  return async (url, headers = {}) => {
    if (!handler) throw new Error('no handler');
    return handler(new Request(url, { headers }));
  };
}

test('the pages’ session sends every request to a proxy that does not exist', async () => {
  const setProxy = vi.fn(() => Promise.resolve());
  await blockNetwork({ setProxy }, 'http://localhost:5173');
  expect(setProxy).not.toHaveBeenCalled();
  await blockNetwork({ setProxy }, undefined);
  expect(setProxy).toHaveBeenCalledWith({
    mode: 'fixed_servers',
    proxyRules: 'socks5://127.0.0.1:1',
    proxyBypassRules: '<-loopback>',
  });
});
