/** Electron's security checklist, point by point, on the running app. */
import { expect, test, type Page } from '@playwright/test';
import { GRACE, Stage } from '../stage';
import { rowOf } from '../window';
import { startStranger, type Stranger } from './stranger';

let stage: Stage;
let stranger: Stranger;
let page: Page;

test.beforeAll(async () => {
  // Pinned, so that the window stays whatever takes the focus.
  stage = await Stage.set({ settings: { pollSeconds: 1, pinned: true, sound: 'bell' } });
  stranger = await startStranger();
  await stage.startSignedIn({ args: [] });
  page = await stage.app.window();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
});

test.afterEach(() => {
  // Whatever was tried: the page is where it was, and has told nobody.
  expect(page.url()).toMatch(/^ringside:\/\/window\/index\.html/);
  expect(stranger.visits).toEqual([]);
});

test.afterAll(async () => {
  // That it can be reached, and would have noticed.
  await fetch(stranger.url);
  expect(stranger.visits).toHaveLength(1);
  await stage.strike();
  await stranger.close();
});

/** What each page of the app was made with. */
const preferences = (): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  stage.app.electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      // Not among the types, but what Electron itself goes by.
      const { getLastWebPreferences } = contents as unknown as {
        getLastWebPreferences: () => Record<string, unknown>;
      };
      return getLastWebPreferences.call(contents);
    }),
  );

test('1: only secure content is loaded, and all of it is the app’s own', async () => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.reload();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  page.removeAllListeners('request');
  expect(loaded.length).toBeGreaterThan(2);
  for (const address of loaded) expect(address).toMatch(/^(ringside:\/\/window\/|data:)/);
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
});

test('2: a page has no Node', async () => {
  const known = await page.evaluate(() =>
    ['require', 'process', 'module', 'exports', 'global', 'Buffer', '__dirname'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(known).toEqual([]);
});

test('2, 3, 4, 6, 8, 9, 10, 11: every page is isolated, sandboxed, and loosened in nothing', async () => {
  const id = stage.server.ring(GRACE);
  // The window, and the page that plays the sound.
  await expect.poll(async () => (await preferences()).length).toBe(2);
  for (const made of await preferences()) {
    expect(made).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false });
    for (const loosened of [
      'nodeIntegrationInWorker',
      'nodeIntegrationInSubFrames',
      'allowRunningInsecureContent',
      'experimentalFeatures',
      'enableBlinkFeatures',
      'webviewTag',
      'enableRemoteModule',
      'navigateOnDragDrop',
    ]) {
      expect(Boolean(made[loosened]), loosened).toBe(false);
    }
    expect(made['webSecurity'] ?? true).toBe(true);
  }
  stage.server.answer(id);
});

test('6, 8, 9: no switch of the command line loosens anything either', async () => {
  const given = await stage.app.electron.evaluate(({ app }) =>
    [
      'disable-web-security',
      'allow-running-insecure-content',
      'ignore-certificate-errors',
      'enable-blink-features',
      'enable-experimental-web-platform-features',
      'disable-site-isolation-trials',
      'remote-allow-origins',
    ].filter((name) => app.commandLine.hasSwitch(name)),
  );
  expect(given).toEqual([]);
});

test('5: no permission is given, whether a page looks or asks', async () => {
  const states = await page.evaluate(async () => {
    const names = [
      'geolocation',
      'notifications',
      'camera',
      'microphone',
      'clipboard-read',
      'midi',
    ];
    const queries = names.map((name) =>
      navigator.permissions.query({ name: name as PermissionName }),
    );
    return (await Promise.all(queries)).map(({ state }) => state);
  });
  expect(new Set(states)).toEqual(new Set(['denied']));
  const outcome = await page.evaluate(async () => {
    const refused = (asked: Promise<unknown>): Promise<string> =>
      asked.then(
        () => 'given',
        (error: unknown) => (error instanceof Error ? error.name : 'refused'),
      );
    return {
      notifications: await Notification.requestPermission(),
      place: await new Promise<string>((resolve) => {
        navigator.geolocation.getCurrentPosition(
          () => {
            resolve('given');
          },
          ({ code }) => {
            resolve(code === 1 ? 'NotAllowedError' : 'unavailable');
          },
        );
      }),
      microphone: await refused(navigator.mediaDevices.getUserMedia({ audio: true })),
      screen: await refused(navigator.mediaDevices.getDisplayMedia()),
      clipboard: await refused(navigator.clipboard.readText()),
      midi: await refused(navigator.requestMIDIAccess()),
    };
  });
  expect(outcome).toMatchObject({ notifications: 'denied', place: 'NotAllowedError' });
  for (const [what, how] of Object.entries(outcome)) expect(how, what).not.toMatch(/given|granted/);
});

test('7: the content policy allows nothing inline, nothing evaluated and nobody else', async () => {
  const policy = await page.evaluate(async () => {
    const { headers } = await fetch(location.href);
    return headers.get('content-security-policy') ?? '';
  });
  const rules = new Map(
    policy.split(';').map((rule): [string, string] => {
      const [name = '', ...sources] = rule.trim().split(/\s+/);
      return [name, sources.join(' ')];
    }),
  );
  expect(Object.fromEntries(rules)).toEqual({
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    'img-src': "'self' ringside: data:",
    'font-src': "'self'",
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
  });
});

test('7: script that text brings along does not run, however it is written', async () => {
  await page.evaluate((url) => {
    const timestamp = (how: string): string => `document.title += ' ${how}'`;
    const add = <Tag extends keyof HTMLElementTagNameMap>(
      tag: Tag,
      change: (element: HTMLElementTagNameMap[Tag]) => void,
    ): HTMLElementTagNameMap[Tag] => {
      const element = document.createElement(tag);
      element.className = 'attack';
      change(element);
      document.body.append(element);
      return element;
    };
    add('script', (script) => {
      script.textContent = timestamp('inline');
    });
    add('script', (script) => {
      script.src = `${url}/script.js`;
    });
    add('script', (script) => {
      script.src = `data:text/javascript,${encodeURIComponent(timestamp('data'))}`;
    });
    add('script', (script) => {
      script.src = URL.createObjectURL(new Blob([timestamp('blob')]));
    });
    add('div', (div) => {
      div.innerHTML = `<img src="x:" onerror="${timestamp('handler')}"><svg onload="${timestamp('svg')}">`;
    });
    add('a', (link) => {
      link.href = `javascript:${timestamp('link')}`;
    }).click();
    add('iframe', (frame) => {
      frame.srcdoc = `<script>parent.${timestamp('frame')}</script>`;
    });
    // From a timer, for what a test evaluates is above the policy.
    setTimeout(() => {
      try {
        (0, eval)(timestamp('eval'));
      } catch {
        document.body.dataset['evaluated'] = 'refused';
      }
    });
    setTimeout(timestamp('timer') as unknown as () => void);
  }, stranger.url);
  await expect(page.locator('body')).toHaveAttribute('data-evaluated', 'refused');
  await stage.settled();
  await expect(page).toHaveTitle('Ringside');
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('.attack')) element.remove();
  });
});

test('7: nothing that a page can name reaches the network', async () => {
  const reached = await page.evaluate(async (url) => {
    const arrives = (start: (done: (how: string) => void) => void): Promise<string> =>
      new Promise((resolve) => {
        start(resolve);
      });
    const element = (
      tag: 'img' | 'script' | 'link' | 'iframe' | 'video' | 'object',
      attribute: string,
    ) =>
      arrives((done) => {
        const made = document.createElement(tag);
        made.className = 'attack';
        made.setAttribute(attribute, `${url}/${tag}`);
        if (tag === 'link') made.setAttribute('rel', 'stylesheet');
        made.onload = () => {
          // A frame that was refused loads Chromium's own page instead.
          done(tag === 'iframe' ? 'refused' : 'arrived');
        };
        made.onerror = () => {
          done('refused');
        };
        document.body.append(made);
      });
    const ways: Promise<string>[] = [
      element('img', 'src'),
      element('script', 'src'),
      element('link', 'href'),
      element('iframe', 'src'),
      element('video', 'src'),
      element('object', 'data'),
      fetch(`${url}/fetch`).then(
        () => 'arrived',
        () => 'refused',
      ),
      arrives((done) => {
        const socket = new WebSocket(url.replace('http', 'ws'));
        socket.onopen = () => {
          done('arrived');
        };
        socket.onerror = () => {
          done('refused');
        };
      }),
      arrives((done) => {
        const source = new EventSource(url);
        source.onopen = () => {
          done('arrived');
        };
        source.onerror = () => {
          source.close();
          done('refused');
        };
      }),
    ];
    navigator.sendBeacon(`${url}/beacon`);
    const outcomes = await Promise.all(ways);
    for (const made of document.querySelectorAll('.attack')) made.remove();
    return outcomes;
  }, stranger.url);
  expect(new Set(reached)).toEqual(new Set(['refused']));
});

test('11, 12: a webview is an element like any other', async () => {
  const own = await page.evaluate(() => {
    const view: HTMLElement = document.createElement('webview');
    return ['src', 'loadURL', 'getWebContentsId'].filter((name) => name in view);
  });
  expect(own).toEqual([]);
});

test('18: pages come from a scheme of their own, which gives nothing but their files', async () => {
  expect(await page.evaluate(() => location.protocol)).toBe('ringside:');
  const answers = await stage.app.electron.evaluate(
    async ({ net }, addresses) =>
      Promise.all(
        addresses.map(async (address) => {
          const { status } = await net.fetch(address);
          return `${status} ${address}`;
        }),
      ),
    [
      'ringside://window/../main/index.js',
      'ringside://window/%2e%2e/main/index.js',
      'ringside://window/..%2fmain%2findex.js',
      'ringside://window/..%5cmain%5cindex.js',
      'ringside://window/%252e%252e/main/index.js',
      'ringside://window//etc/passwd',
      'ringside://window/assets/../../main/index.js',
      'ringside://window/index.html%00.png',
      'ringside://window/',
      'ringside://other/index.html',
      'ringside://avatar/..%2f..%2fpackage.json',
      'ringside://avatar/https:%2f%2fexample.invalid%2f',
    ],
  );
  for (const answer of answers) expect(answer).toMatch(/^404 /);
  const file = await page.evaluate(() =>
    fetch('file:///etc/passwd').then(
      () => 'read',
      () => 'refused',
    ),
  );
  expect(file).toBe('refused');
});

test('20: the page is given two functions and none of Electron', async () => {
  const given = await page.evaluate(() => {
    const { ringside } = window;
    return {
      names: Object.keys(ringside).sort(),
      kinds: Object.values(ringside).map((value: unknown) => typeof value),
      // What another script put in its place would be asked instead.
      replaced: Reflect.set(window, 'ringside', {}) && window.ringside !== ringside,
      electron: ['electron', 'ipcRenderer', 'chrome'].filter((name) => {
        const value: unknown = Reflect.get(window, name);
        return typeof value === 'object' && value !== null && 'send' in value;
      }),
    };
  });
  expect(given).toEqual({
    names: ['on', 'request'],
    kinds: ['function', 'function'],
    replaced: false,
    electron: [],
  });
});

test('20: what main tells comes without the event that brought it', async () => {
  await page.evaluate(() => {
    window.ringside.on('state:patch', (...told: unknown[]) => {
      document.body.dataset['told'] = String(told.length);
    });
  });
  const id = stage.server.ring(GRACE);
  await expect(page.locator('body')).toHaveAttribute('data-told', '1');
  await expect(rowOf(page, /Grace Hopper/)).toBeVisible();
  stage.server.answer(id);
});

test('the licences of everything that ships are in the app', async () => {
  const list = await page.evaluate(() => fetch('licenses.txt').then((answer) => answer.text()));
  // One of main's, one of the window's, and one of both.
  for (const name of ['electron-store', 'svelte', 'valibot']) {
    expect(list).toMatch(new RegExp(`^${name} \\d[\\w.-]* \\(MIT\\)$`, 'm'));
  }
  expect(list).toContain('Permission is hereby granted');
});
