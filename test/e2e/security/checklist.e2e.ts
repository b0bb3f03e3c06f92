/** Points of Electron's security checklist, on the running app. */
import { createSocket } from 'node:dgram';
import { readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { GRACE, TestApp } from '../support/test-app';
import { findRow } from '../support/main-window';
import { startExternalServer, type ExternalServer } from './external-server';

let testApp: TestApp;
let external: ExternalServer;
let page: Page;
let networkLog: string;

test.beforeAll(async () => {
  // A pinned window stays open when it loses the focus.
  testApp = await TestApp.create({ settings: { pollSeconds: 1, pinned: true, sound: 'bell' } });
  external = await startExternalServer();
  networkLog = join(testApp.profile, '..', 'network.json');
  await testApp.launchSignedIn({ args: [`--log-net-log=${networkLog}`] });
  page = await testApp.app.mainPage();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
});

test.afterEach(() => {
  // The page is still there and has sent nothing.
  expect(page.url()).toMatch(/^ringside:\/\/window\/index\.html/);
  expect(external.requests).toEqual([]);
});

test.afterAll(async () => {
  // Proves that the external server records requests.
  await fetch(external.url);
  expect(external.requests).toHaveLength(1);
  await testApp.app.quit();
  const log = await readFile(networkLog, 'utf8');
  expect(log).toContain('/sessions/my');
  expect(log).not.toContain('attacker.test');
  await testApp.close();
  await external.close();
});

/** The web preferences of each page. */
const getPreferences = (): Promise<readonly Readonly<Record<string, unknown>>[]> =>
  testApp.app.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      // An internal method of Electron that isn't in its types.
      const { getLastWebPreferences } = contents as unknown as {
        getLastWebPreferences: () => Record<string, unknown>;
      };
      return getLastWebPreferences.call(contents);
    }),
  );

test('1: loads only its own content', async () => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.reload();
  await expect(page.getByText(/no calls right now/i).first()).toBeVisible();
  page.removeAllListeners('request');
  expect(loaded.length).toBeGreaterThan(2);
  for (const address of loaded) expect(address).toMatch(/^(ringside:\/\/window\/|data:)/);
  expect(await page.evaluate(() => isSecureContext)).toBe(true);
});

test('1: prevents network access of pages through WebRTC or DNS', async () => {
  let packets = 0;
  const udp = createSocket('udp4').on('message', () => (packets += 1));
  const tcp = createServer((socket) => {
    packets += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => tcp.listen(0, '127.0.0.1', resolve));
  const ports = { udp: udp.address().port, tcp: (tcp.address() as AddressInfo).port };
  const candidate = await page.evaluate(async ({ udp, tcp }) => {
    const link = document.createElement('link');
    link.rel = 'dns-prefetch';
    link.href = '//secret.attacker.test';
    document.head.append(link);
    const turn = { urls: `turn:127.0.0.1:${tcp}?transport=tcp`, username: 'a', credential: 'b' };
    const connection = new RTCPeerConnection({
      iceServers: [{ urls: `stun:127.0.0.1:${udp}` }, turn],
    });
    // With a network, the first event has a candidate; without, it's the end of the candidates.
    const first = new Promise<string | undefined>((resolve) => {
      connection.onicecandidate = ({ candidate }) => {
        resolve(candidate?.candidate);
      };
    });
    connection.createDataChannel('data');
    const offer = await connection.createOffer();
    await connection.setLocalDescription(offer);
    const sdp = (offer.sdp ?? '').replace(/a=setup:.*/, 'a=setup:active');
    await connection.setRemoteDescription({ type: 'answer', sdp });
    await connection.addIceCandidate({
      candidate: `candidate:1 1 udp 2122260223 127.0.0.1 ${udp} typ host`,
      sdpMid: '0',
      sdpMLineIndex: 0,
    });
    const candidate = await first;
    connection.close();
    link.remove();
    return candidate;
  }, ports);
  udp.close();
  tcp.close();
  expect(candidate).toBeUndefined();
  expect(packets).toBe(0);
});

test('7: shows no dialog that blocks the page', async () => {
  // Returns immediately, because the page is sandboxed without modal dialogs.
  expect(
    await page.evaluate(() => {
      window.print();
      return confirm('Continue?');
    }),
  ).toBe(false);
});

test('5: has no file picker', async () => {
  expect(await page.evaluate(() => 'showSaveFilePicker' in window)).toBe(false);
});

test('2: gives pages no Node.js', async () => {
  const known = await page.evaluate(() =>
    ['require', 'process', 'module', 'exports', 'global', 'Buffer', '__dirname'].filter(
      (name) => name in globalThis,
    ),
  );
  expect(known).toEqual([]);
});

test('2, 3, 4, 6, 8, 9, 10, 11: isolates and sandboxes every page without exceptions', async () => {
  const id = testApp.server.ring(GRACE);
  // The window and the page that plays the ringtone.
  await expect.poll(async () => (await getPreferences()).length).toBe(2);
  for (const made of await getPreferences()) {
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
  testApp.server.answer(id);
});

test('6, 8, 9: sets no insecure command line switch', async () => {
  const insecure = await testApp.app.evaluate(({ app }) =>
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
  expect(insecure).toEqual([]);
});

test('5: grants no permission', async () => {
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
  for (const [request, result] of Object.entries(outcome))
    expect(result, request).not.toMatch(/given|granted/);
});

test('7: has a content security policy without inline, eval, or other hosts', async () => {
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
    'media-src': 'ringside://voicemail',
    'connect-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'object-src': "'none'",
    sandbox: 'allow-scripts allow-same-origin allow-forms',
  });
});

test('7: runs no injected script', async () => {
  await page.evaluate((url) => {
    const mark = (how: string): string => `document.title += ' ${how}'`;
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
      script.textContent = mark('inline');
    });
    add('script', (script) => {
      script.src = `${url}/script.js`;
    });
    add('script', (script) => {
      script.src = `data:text/javascript,${encodeURIComponent(mark('data'))}`;
    });
    add('script', (script) => {
      script.src = URL.createObjectURL(new Blob([mark('blob')]));
    });
    add('div', (div) => {
      div.innerHTML = `<img src="x:" onerror="${mark('handler')}"><svg onload="${mark('svg')}">`;
    });
    add('a', (link) => {
      link.href = `javascript:${mark('link')}`;
    }).click();
    add('iframe', (frame) => {
      frame.srcdoc = `<script>parent.${mark('frame')}</script>`;
    });
    // From a timer, because the policy doesn't apply to code that a test evaluates.
    setTimeout(() => {
      try {
        (0, eval)(mark('eval'));
      } catch {
        document.body.dataset['evaluated'] = 'refused';
      }
    });
    setTimeout(mark('timer') as unknown as () => void);
  }, external.url);
  await expect(page.locator('body')).toHaveAttribute('data-evaluated', 'refused');
  await testApp.settle();
  await expect(page).toHaveTitle(/Ringside$/);
  await page.evaluate(() => {
    for (const element of document.querySelectorAll('.attack')) element.remove();
  });
});

test('7: gives pages no access to the network', async () => {
  const reached = await page.evaluate(async (url) => {
    const getOutcome = (start: (done: (how: string) => void) => void): Promise<string> =>
      new Promise((resolve) => {
        start(resolve);
      });
    const element = (
      tag: 'img' | 'script' | 'link' | 'iframe' | 'video' | 'object',
      attribute: string,
    ) =>
      getOutcome((done) => {
        const made = document.createElement(tag);
        made.className = 'attack';
        made.setAttribute(attribute, `${url}/${tag}`);
        if (tag === 'link') made.setAttribute('rel', 'stylesheet');
        made.onload = () => {
          // A refused frame loads an error page of Chromium.
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
      getOutcome((done) => {
        const socket = new WebSocket(url.replace('http', 'ws'));
        socket.onopen = () => {
          done('arrived');
        };
        socket.onerror = () => {
          done('refused');
        };
      }),
      getOutcome((done) => {
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
  }, external.url);
  expect(new Set(reached)).toEqual(new Set(['refused']));
});

test('11, 12: has no webview', async () => {
  const own = await page.evaluate(() => {
    const view: HTMLElement = document.createElement('webview');
    return ['src', 'loadURL', 'getWebContentsId'].filter((name) => name in view);
  });
  expect(own).toEqual([]);
});

test('18: serves pages from a custom scheme that gives access to nothing else', async () => {
  expect(await page.evaluate(() => location.protocol)).toBe('ringside:');
  const answers = await testApp.app.evaluate(
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

test('20: exposes two functions and nothing of Electron', async () => {
  const exposed = await page.evaluate(() => {
    const { ringside } = window;
    return {
      names: Object.keys(ringside).sort(),
      kinds: Object.values(ringside).map((value: unknown) => typeof value),
      // Another script must not be able to replace it.
      replaced: Reflect.set(window, 'ringside', {}) && window.ringside !== ringside,
      electron: ['electron', 'ipcRenderer', 'chrome'].filter((name) => {
        const value: unknown = Reflect.get(window, name);
        return typeof value === 'object' && value !== null && 'send' in value;
      }),
    };
  });
  expect(exposed).toEqual({
    names: ['on', 'request'],
    kinds: ['function', 'function'],
    replaced: false,
    electron: [],
  });
});

test('20: exposes no IPC event', async () => {
  await page.evaluate(() => {
    window.ringside.on('state:patch', (...args: unknown[]) => {
      document.body.dataset['args'] = String(args.length);
    });
  });
  const id = testApp.server.ring(GRACE);
  await expect(page.locator('body')).toHaveAttribute('data-args', '1');
  await expect(findRow(page, /Grace Hopper/)).toBeVisible();
  testApp.server.answer(id);
});

test('contains the licenses of everything that ships', async () => {
  const list = await page.evaluate(() => fetch('licenses.txt').then((answer) => answer.text()));
  // One package of the main process, one of the page, and one of both.
  for (const name of ['electron-log', 'svelte', 'valibot']) {
    expect(list).toMatch(new RegExp(`^${name} \\d[\\w.-]* \\(MIT\\)$`, 'm'));
  }
  expect(list).toContain('Permission is hereby granted');
});
