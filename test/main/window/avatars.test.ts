import { EventEmitter } from 'node:events';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { setImmediate as settled } from 'node:timers/promises';

/** A request of the network stack, answered by hand. */
class FakeRequest extends EventEmitter {
  aborted = false;

  constructor(readonly options: Readonly<Record<string, unknown>>) {
    super();
  }

  end(): void {
    requests.push(this);
  }

  abort(): void {
    this.aborted = true;
  }

  /** Answers with a picture, or what is none. */
  answer(type: string, chunks: readonly Buffer[], statusCode = 200): void {
    const response = this.begin(type, statusCode);
    for (const chunk of chunks) response.emit('data', chunk);
    response.emit('end');
  }

  /** Begins to answer. */
  begin(type: string, statusCode = 200): EventEmitter {
    const response = Object.assign(new EventEmitter(), {
      statusCode,
      headers: { 'content-type': type },
    });
    this.emit('response', response);
    return response;
  }
}

const requests: FakeRequest[] = [];
const jar = { isJar: true };

vi.mock('electron', () => ({
  net: { request: (options: Readonly<Record<string, unknown>>) => new FakeRequest(options) },
}));

const { Avatars } = await import('../../../src/main/window/avatars');

const ADDRESS = 'https://evovoice.io/maya.png';

let avatars: InstanceType<typeof Avatars>;

beforeEach(() => {
  requests.length = 0;
  avatars = new Avatars(() => jar as never, false);
});

describe('the address of a picture', () => {
  test.each([ADDRESS, 'https://evovoice.io:8443/maya?size=64'])('%s is one', (address) => {
    expect(avatars.nameOf(address)).toBeDefined();
  });

  test.each(['http://127.0.0.1:8080/maya.png', 'http://localhost/maya.png'])(
    '%s is one while Ringside is developed, and nowhere else',
    (address) => {
      expect(new Avatars(() => jar as never, true).nameOf(address)).toBeDefined();
      expect(avatars.nameOf(address)).toBeUndefined();
    },
  );

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
  ])('%.40s is none', (address) => {
    expect(avatars.nameOf(address)).toBeUndefined();
    expect(new Avatars(() => jar as never, true).nameOf(address)).toBeUndefined();
  });
});

describe('a picture', () => {
  test('has one name, by which the page learns nothing of where it is', () => {
    const name = avatars.nameOf(ADDRESS);
    expect(avatars.nameOf(ADDRESS)).toBe(name);
    expect(avatars.nameOf(`${ADDRESS}?2`)).not.toBe(name);
    expect(name).toMatch(/^\w+$/);
  });

  test('is fetched when it is asked for, once, without cookies and redirects', async () => {
    const name = avatars.nameOf(ADDRESS) ?? '';
    expect(requests).toEqual([]);
    const asked = [avatars.picture(name), avatars.picture(name)];
    expect(requests).toHaveLength(1);
    expect(requests[0]?.options).toMatchObject({
      url: ADDRESS,
      session: jar,
      credentials: 'omit',
      redirect: 'error',
    });
    requests[0]?.answer('image/png; charset=binary', [Buffer.from('pic'), Buffer.from('ture')]);
    for (const picture of await Promise.all(asked)) {
      expect(picture?.type).toBe('image/png');
      expect(Buffer.from(picture?.bytes ?? new ArrayBuffer()).toString()).toBe('picture');
    }
    await avatars.picture(name);
    expect(requests).toHaveLength(1);
  });

  test.each([
    ['image/svg+xml', 200],
    ['text/html', 200],
    ['application/octet-stream', 200],
    ['', 200],
    ['image/png', 404],
    ['image/png', 302],
  ])('of type %o with status %i is none', async (type, status) => {
    const picture = avatars.picture(avatars.nameOf(ADDRESS) ?? '');
    requests[0]?.answer(type, [Buffer.from('x')], status);
    expect(await picture).toBeUndefined();
    expect(requests[0]?.aborted).toBe(true);
  });

  test('that is too large is cut off', async () => {
    const picture = avatars.picture(avatars.nameOf(ADDRESS) ?? '');
    const chunk = Buffer.alloc(100 * 1024);
    requests[0]?.answer('image/png', [chunk, chunk, chunk, chunk, chunk, chunk]);
    expect(await picture).toBeUndefined();
    expect(requests[0]?.aborted).toBe(true);
  });

  test('that cannot be had is none', async () => {
    const picture = avatars.picture(avatars.nameOf(ADDRESS) ?? '');
    requests[0]?.emit('error', new Error('net::ERR_CONNECTION_REFUSED'));
    expect(await picture).toBeUndefined();
  });

  test.each(['error', 'aborted'])('that breaks off in the middle is none: %s', async (event) => {
    const picture = avatars.picture(avatars.nameOf(ADDRESS) ?? '');
    const response = requests[0]?.begin('image/png');
    response?.emit('data', Buffer.from('half a pic'));
    response?.emit(event, new Error('net::ERR_CONNECTION_RESET'));
    expect(await picture).toBeUndefined();
  });

  test('that was never named is none, and nothing is asked for', async () => {
    expect(await avatars.picture('7')).toBeUndefined();
    expect(await avatars.picture('__proto__')).toBeUndefined();
    expect(await avatars.picture(ADDRESS)).toBeUndefined();
    expect(requests).toEqual([]);
  });

  test('is forgotten when a great many others were shown since', async () => {
    const first = avatars.nameOf(ADDRESS) ?? '';
    for (let at = 0; at < 300; at += 1) avatars.nameOf(`${ADDRESS}?${at}`);
    expect(await avatars.picture(first)).toBeUndefined();
    await settled();
    expect(requests).toEqual([]);
  });

  test('is one of so many bytes: the oldest are forgotten first, and fetched again', async () => {
    const chunk = Buffer.alloc(512 * 1024);
    const names = Array.from({ length: 40 }, (_, at) => avatars.nameOf(`${ADDRESS}?${at}`) ?? '');
    for (const name of names) {
      const picture = avatars.picture(name);
      requests.at(-1)?.answer('image/png', [chunk]);
      await picture;
    }
    await settled();
    requests.length = 0;
    // The youngest first: what is fetched again is remembered too, and others are forgotten for it.
    for (const name of names.toReversed()) void avatars.picture(name);
    expect(requests.map(({ options }) => options['url'])).toEqual(
      names.slice(0, 8).map((_, at) => `${ADDRESS}?${7 - at}`),
    );
    for (const request of requests) request.answer('image/png', [chunk]);
    await settled();
    requests.length = 0;
    for (const name of names.toReversed()) void avatars.picture(name);
    expect(requests).toHaveLength(8);
  });
});
