import { beforeEach, describe, expect, test, vi } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/core/settings';
import { entryOf } from '../../src/core/watch/call';
import type { OutsideNeeds } from '../../src/main/outside';
import { aCall, aSession, aView } from './builders';

const opened = vi.hoisted(() => [] as string[]);
const system = vi.hoisted(() => ({ takesAddresses: true }));

vi.mock('electron', () => ({
  shell: {
    openExternal: (address: string) => {
      if (!system.takesAddresses) return Promise.reject(new Error('no program for it'));
      opened.push(address);
      return Promise.resolve();
    },
  },
}));
vi.mock('../../src/main/log', () => ({ log: { error: () => undefined } }));

const { Outside } = await import('../../src/main/outside');

beforeEach(() => {
  opened.length = 0;
  system.takesAddresses = true;
});

describe('calling back', () => {
  test('hands the number to the softphone', async () => {
    expect(await outside().callBack('S-1')).toBe(true);
    expect(opened).toEqual(['tel:+12025550147']);
  });

  test('works for a call of which only the log knows', async () => {
    expect(await outside({ logged: { fromAddress: '(202) 555-0199' } }).callBack('gone')).toBe(
      true,
    );
    expect(opened).toEqual(['tel:+12025550199']);
  });

  test.each(['anonymous', 'sip:front@example.com', '+1;phone-context=x', '1,,9#'])(
    'hands over nothing that is no number: %s',
    async (fromAddress) => {
      expect(await outside({ fields: { fromAddress } }).callBack('S-1')).toBe(false);
      expect(opened).toEqual([]);
    },
  );

  test('hands over digits and nothing else, whatever the server calls a number', async () => {
    for (const fromAddress of ['12?subject=x', 'tel:+1-202-555-0147;ext=5', '+1 (202) 555-0147']) {
      await outside({ fields: { fromAddress } }).callBack('S-1');
    }
    expect(opened).toHaveLength(3);
    for (const address of opened) expect(address).toMatch(/^tel:\+?\d+$/);
  });

  test('of a call that nobody knows does nothing', async () => {
    expect(await outside().callBack('unknown')).toBe(false);
    expect(opened).toEqual([]);
  });

  test('where the system has no softphone says so', async () => {
    system.takesAddresses = false;
    expect(await outside().callBack('S-1')).toBe(false);
  });
});

describe('the screen pop', () => {
  const screenPopUrl = 'https://crm.example/?n={name}';

  test('opens in the browser', async () => {
    const subject = outside({ screenPopUrl });
    expect(subject.canPop('S-1')).toBe(true);
    expect(await subject.pop('S-1')).toBe(true);
    expect(opened).toEqual(['https://crm.example/?n=Grace%20Hopper']);
  });

  test.each(['', 'http://crm.example/{name}', 'file:///etc/{name}', 'javascript:{name}'])(
    'opens nothing with the template %o',
    async (template) => {
      const subject = outside({ screenPopUrl: template });
      expect(subject.canPop('S-1')).toBe(false);
      expect(await subject.pop('S-1')).toBe(false);
      expect(opened).toEqual([]);
    },
  );

  test('of a call that is gone opens nothing', async () => {
    expect(await outside({ screenPopUrl }).pop('gone')).toBe(false);
  });
});

describe('the vendor’s own pages', () => {
  test('open in the browser where the server is on https', async () => {
    expect(await outside({ server: 'https://evovoice.io' }).openServer('S-1')).toBe(true);
    expect(opened).toEqual(['https://evovoice.io']);
  });

  test.each([undefined, 'http://127.0.0.1:8080'])('do not open for %o', async (server) => {
    expect(await outside({ server }).openServer('S-1')).toBe(false);
    expect(opened).toEqual([]);
  });
});

describe('a page that tells of a release', () => {
  test('opens in the browser where it is on https', async () => {
    expect(await outside().openPage('https://releases.example/1.2.3')).toBe(true);
    expect(opened).toEqual(['https://releases.example/1.2.3']);
  });

  test.each(['http://releases.example/', 'file:///etc/passwd', 'javascript:alert(1)', ''])(
    'does not open from %o',
    async (address) => {
      expect(await outside().openPage(address)).toBe(false);
      expect(opened).toEqual([]);
    },
  );
});

interface Scene {
  readonly server?: string | undefined;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly logged?: Readonly<Record<string, unknown>>;
  readonly screenPopUrl?: string;
}

function outside({ fields = {}, logged, screenPopUrl = '', server }: Scene = {}) {
  const session = aSession(fields);
  const companion = {
    view: (id: string) => (id === session.id ? aView(fields) : undefined),
    session: (id: string) => (id === session.id ? session : undefined),
    settings: { ...DEFAULT_SETTINGS, screenPopUrl },
    accounts: server === undefined ? [] : [{ server }],
  };
  return new Outside({
    companion: companion as unknown as OutsideNeeds['companion'],
    callLog: {
      get: (id) =>
        id === 'gone' && logged ? entryOf(aCall([aSession({ id, ...logged }), 0])) : undefined,
    },
    region: () => 'US',
  });
}
