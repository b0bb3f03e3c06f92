import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createNumberKeys } from '../../src/core/calls/number-key';
import { ContactIndex } from '../../src/core/contacts/contacts';
import { toLogEntry } from '../../src/core/calls/call';
import type { AccountList } from '../../src/main/accounts/account-list';
import { createCall, createSession } from './builders';

const opened = vi.hoisted(() => [] as string[]);
const system = vi.hoisted(() => ({ hasPhoneApp: true }));

vi.mock('electron', () => ({
  shell: {
    openExternal: (url: string) => {
      if (!system.hasPhoneApp) return Promise.reject(new Error('no app for it'));
      opened.push(url);
      return Promise.resolve();
    },
  },
}));
vi.mock('../../src/main/logger', () => ({ log: { error: () => undefined } }));

const { ExternalLinks } = await import('../../src/main/external-links');

beforeEach(() => {
  opened.length = 0;
  system.hasPhoneApp = true;
});

describe('calling back', () => {
  test('opens the softphone with the number of an active call', async () => {
    expect(await createLinks().callBack('S-1')).toEqual({ ok: true });
    expect(opened).toEqual(['tel:+12025550147']);
  });

  test('opens the softphone with the number of a call in the log', async () => {
    const links = createLinks({ logged: { fromAddress: '(202) 555-0199' } });
    expect(await links.callBack('gone')).toEqual({ ok: true });
    expect(opened).toEqual(['tel:+12025550199']);
  });

  test.each([
    ['+14155550100;ext=12', 'tel:+14155550100;ext=12'],
    ['+14155550100 x12', 'tel:+14155550100;ext=12'],
    ['sip:1001@pbx.example', 'tel:1001'],
  ])('opens the softphone for %s with %s', async (fromAddress, url) => {
    expect(await createLinks({ fields: { fromAddress } }).callBack('S-1')).toEqual({ ok: true });
    expect(opened).toEqual([url]);
  });

  test('opens the softphone with the number of a contact, and with no other number', async () => {
    const links = createLinks();
    expect(await links.callContact('A-1', '(202) 555-0162')).toEqual({ ok: true });
    expect(opened).toEqual(['tel:+12025550162']);
    expect(await links.callContact('A-1', '+19005550100')).toEqual({ ok: false });
    expect(await links.callContact('A-2', '(202) 555-0162')).toEqual({ ok: false });
    expect(opened).toHaveLength(1);
  });

  test.each([
    'anonymous',
    '+266696687',
    '+86282452253',
    'sip:anonymous@anonymous.invalid',
    'sip:front@example.com',
    '+1;phone-context=x',
    '1,,9#',
  ])('opens nothing for %s, which is not a number', async (fromAddress) => {
    expect(await createLinks({ fields: { fromAddress } }).callBack('S-1')).toEqual({ ok: false });
    expect(opened).toEqual([]);
  });

  test('passes on nothing but digits and an extension', async () => {
    for (const fromAddress of ['12?subject=x', 'tel:+1-202-555-0147;ext=5', '+1 (202) 555-0147']) {
      await createLinks({ fields: { fromAddress } }).callBack('S-1');
    }
    expect(opened).toHaveLength(3);
    for (const url of opened) expect(url).toMatch(/^tel:\+?\d+(;ext=\d+)?$/);
  });

  test('opens nothing for an unknown call', async () => {
    expect(await createLinks().callBack('unknown')).toEqual({ ok: false });
    expect(opened).toEqual([]);
  });

  test('reports that the computer has no softphone', async () => {
    system.hasPhoneApp = false;
    expect(await createLinks().callBack('S-1')).toEqual({ ok: false, number: '+12025550147' });
  });

  test('opens nothing if the desktop knows no softphone, and returns the number to copy', async () => {
    const links = createLinks({ canCall: () => Promise.resolve(false) });
    expect(await links.callBack('S-1')).toEqual({ ok: false, number: '+12025550147' });
    expect(opened).toEqual([]);
  });
});

describe('the website of the server', () => {
  test('opens in the browser', async () => {
    expect(await createLinks({ server: 'https://evovoice.io' }).openServer('S-1')).toBe(true);
    expect(opened).toEqual(['https://evovoice.io']);
  });

  test.each([undefined, 'http://127.0.0.1:8080'])('does not open for %o', async (server) => {
    expect(await createLinks({ server }).openServer('S-1')).toBe(false);
    expect(opened).toEqual([]);
  });
});

describe('a page', () => {
  test('opens in the browser if it is on https', async () => {
    expect(await createLinks().openPage('https://releases.example/1.2.3')).toBe(true);
    expect(opened).toEqual(['https://releases.example/1.2.3']);
  });

  test.each(['http://releases.example/', 'file:///etc/passwd', 'javascript:alert(1)', ''])(
    'does not open from %o',
    async (url) => {
      expect(await createLinks().openPage(url)).toBe(false);
      expect(opened).toEqual([]);
    },
  );
});

interface Options {
  readonly server?: string | undefined;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly logged?: Readonly<Record<string, unknown>>;
  readonly canCall?: () => Promise<boolean>;
}

function createLinks({
  fields = {},
  logged,
  server,
  canCall = () => Promise.resolve(true),
}: Options = {}) {
  const accounts = server === undefined ? [] : [{ server }];
  const call = createCall([createSession(fields), 0]);
  const contact = { name: 'Grace', address: '(202) 555-0162', customer: undefined, canCall: true };
  const contacts = new ContactIndex([contact], createNumberKeys('US'));
  return new ExternalLinks(
    {
      views: accounts as unknown as AccountList['views'],
      getCall: (id) => (id === 'S-1' ? call : undefined),
      getContacts: (account) => (account === 'A-1' ? contacts : undefined),
    },
    {
      get: (id) =>
        id === 'gone' && logged
          ? toLogEntry(createCall([createSession({ id, ...logged }), 0]))
          : undefined,
    },
    { region: 'US' },
    canCall,
  );
}
