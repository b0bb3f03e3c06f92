import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ app: {}, protocol: {} }));

const { AvatarLoader } = await import('../../../src/main/window/avatars');

/** Creates the header of a picture of the given size. */
function createPng(width = 64, height = 64): Buffer {
  const png = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0', 'latin1');
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  return png;
}

const PICTURE = createPng();

let addresses: readonly string[];
const resolveHost = () =>
  Promise.resolve({
    endpoints: addresses.map((address) => ({ address, family: 'unspec' as const })),
  });

const URL = 'https://evovoice.io/maya.png';

let server: Server;
let requests: IncomingMessage[];
let respond: (response: ServerResponse) => void;
let avatars: InstanceType<typeof AvatarLoader>;

beforeEach(async () => {
  requests = [];
  addresses = ['93.184.216.34'];
  respond = (response) => {
    response.writeHead(200, { 'Content-Type': 'image/png; charset=binary' }).end(PICTURE);
  };
  server = createServer((request, response) => {
    requests.push(request);
    respond(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  avatars = new AvatarLoader(() => ({ fetch: globalThis.fetch, resolveHost }), true);
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const getUrl = (path = 'maya.png'): string =>
  `http://127.0.0.1:${(server.address() as AddressInfo).port}/${path}`;
const getId = (path?: string): string =>
  avatars.getPageUrl(getUrl(path))?.replace('ringside://avatar/', '') ?? '';

describe('AvatarLoader URLs', () => {
  test.each([URL, 'https://evovoice.io:8443/maya?size=64'])('accepts %s', (url) => {
    expect(avatars.getPageUrl(url)).toMatch(/^ringside:\/\/avatar\/\d+$/);
  });

  test('accepts plain http to this computer only if allowed', () => {
    const strict = new AvatarLoader(() => ({ fetch: globalThis.fetch, resolveHost }), false);
    for (const url of ['http://127.0.0.1:8080/maya.png', 'http://localhost/maya.png']) {
      expect(avatars.getPageUrl(url)).toBeDefined();
      expect(strict.getPageUrl(url)).toBeUndefined();
    }
  });

  test.each([
    'http://evovoice.io/maya.png',
    'http://127.0.0.1.evil.example/maya.png',
    'https://maya:secret@evovoice.io/maya.png',
    'file:///etc/passwd',
    'data:image/png;base64,AAAA',
    'javascript:alert(1)',
    'ringside://window/index.html',
    '//evovoice.io/maya.png',
    'maya.png',
    '',
    `https://evovoice.io/${'x'.repeat(2_000)}`,
  ])('rejects %.40s', (url) => {
    expect(avatars.getPageUrl(url)).toBeUndefined();
  });

  test('returns the same URL for the same picture', () => {
    expect(avatars.getPageUrl(URL)).toBe(avatars.getPageUrl(URL));
    expect(avatars.getPageUrl(`${URL}?2`)).not.toBe(avatars.getPageUrl(URL));
    expect(avatars.getPageUrl(undefined)).toBeUndefined();
  });
});

describe('AvatarLoader downloads', () => {
  test('downloads a picture once, when the page asks for it', async () => {
    const id = getId();
    expect(requests).toEqual([]);
    for (const image of await Promise.all([avatars.load(id), avatars.load(id)])) {
      expect(image?.type).toBe('image/png');
      expect(Buffer.from(image?.bytes ?? new ArrayBuffer())).toEqual(PICTURE);
    }
    await avatars.load(id);
    expect(requests).toHaveLength(1);
  });

  test('sends no cookies and follows no redirects', async () => {
    const fetch = vi.fn(globalThis.fetch);
    avatars = new AvatarLoader(() => ({ fetch, resolveHost }), true);
    respond = (response) => response.writeHead(302, { Location: '/other.png' }).end();
    expect(await avatars.load(getId())).toBeUndefined();
    expect(requests).toHaveLength(1);
    expect(fetch).toHaveBeenCalledWith(
      getUrl(),
      expect.objectContaining({ credentials: 'omit', redirect: 'error' }),
    );
  });

  test.each([
    ['image/svg+xml', 200],
    ['text/html', 200],
    ['', 200],
    ['image/png', 404],
  ])('rejects a response of type %o with status %i', async (type, status) => {
    respond = (response) => response.writeHead(status, { 'Content-Type': type }).end('x');
    expect(await avatars.load(getId())).toBeUndefined();
  });

  test.each([[['127.0.0.1']], [['93.184.216.34', 'fd00::1']], [[]]])(
    'connects to no host with the addresses %j',
    async (found) => {
      addresses = found;
      const fetch = vi.fn(globalThis.fetch);
      avatars = new AvatarLoader(() => ({ fetch, resolveHost }), true);
      const id = avatars.getPageUrl('https://internal.example/maya.png')?.split('/').at(-1) ?? '';
      expect(await avatars.load(id)).toBeUndefined();
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  test.each([
    ['too wide', createPng(2_049, 1)],
    ['too high', createPng(1, 11_500)],
    ['of unknown size', Buffer.from('picture')],
  ])('rejects a picture that is %s', async (_, body) => {
    respond = (response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(body);
    expect(await avatars.load(getId())).toBeUndefined();
  });

  test('cancels a download that is too large', async () => {
    let isClosed = false;
    respond = (response) => {
      response.on('close', () => (isClosed = true));
      response.writeHead(200, { 'Content-Type': 'image/png' }).write(Buffer.alloc(600 * 1024));
    };
    expect(await avatars.load(getId())).toBeUndefined();
    await vi.waitFor(() => {
      expect(isClosed).toBe(true);
    });
  });

  test('returns nothing if the connection breaks', async () => {
    respond = (response) => {
      response.writeHead(200, { 'Content-Type': 'image/png' }).write('half a pic', () => {
        response.destroy();
      });
    };
    expect(await avatars.load(getId())).toBeUndefined();
  });

  test.each(['7', '__proto__', URL])('returns nothing for the unknown id %s', async (id) => {
    expect(await avatars.load(id)).toBeUndefined();
    expect(requests).toEqual([]);
  });

  test('forgets a picture after 200 others', async () => {
    const first = getId();
    for (let index = 0; index < 200; index += 1) getId(`${index}.png`);
    expect(await avatars.load(first)).toBeUndefined();
    expect(requests).toEqual([]);
  });

  test('keeps 16 MiB in memory and downloads older pictures again', async () => {
    const body = Buffer.concat([PICTURE, Buffer.alloc(512 * 1024 - PICTURE.length)]);
    respond = (response) => response.writeHead(200, { 'Content-Type': 'image/png' }).end(body);
    const ids = Array.from({ length: 33 }, (_, index) => getId(`${index}.png`));
    for (const id of ids) await avatars.load(id);
    requests = [];
    expect((await avatars.load(ids[32] ?? ''))?.bytes.byteLength).toBe(body.length);
    expect(requests).toEqual([]);
    expect((await avatars.load(ids[0] ?? ''))?.bytes.byteLength).toBe(body.length);
    expect(requests).toHaveLength(1);
  });
});
