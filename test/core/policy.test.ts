import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NO_POLICY, readPolicy } from '../../src/core/policy';
import { acceptsSetting } from '../../src/core/settings';

const read = (json: unknown) => readPolicy(JSON.stringify(json));

describe('a policy', () => {
  test('sets the server, locks settings and turns off updates', () => {
    expect(
      read({
        server: 'pbx.example',
        settings: { theme: 'dark', launchAtLogin: true, mutedChannels: ['Fax'] },
        updates: false,
      }),
    ).toEqual({
      policy: {
        locked: {
          server: 'https://pbx.example',
          theme: 'dark',
          launchAtLogin: true,
          mutedChannels: ['Fax'],
        },
        updates: false,
      },
      fault: undefined,
    });
  });

  test('that says nothing changes nothing', () => {
    expect(read({})).toEqual({ policy: NO_POLICY, fault: undefined });
  });

  test('may be a file of Windows, which begins with a mark', () => {
    expect(readPolicy('\uFEFF{"updates":false}').policy.updates).toBe(false);
  });

  test('is followed as far as it can be, and the rest is named', () => {
    const { policy, fault } = read({
      server: 'http://pbx.example',
      settings: { theme: 'pink', zoom: 150, telepathy: true },
      updates: 'never',
      colour: 'blue',
    });
    expect(policy).toEqual({ locked: { zoom: 150 }, updates: true });
    expect(fault).toEqual({
      kind: 'entries',
      names: ['colour', 'updates', 'theme', 'telepathy', 'server'],
    });
  });

  test.each([[[]], [null], ['dark'], [7]])('with the settings %j has none', (settings) => {
    const { policy, fault } = read({ settings, updates: false });
    expect(policy).toEqual({ locked: {}, updates: false });
    expect(fault).toEqual({ kind: 'entries', names: ['settings'] });
  });

  test.each(['', '{', 'null', '[]', '7', '"dark"', '{"settings":{'])(
    'that is %j instead is none, and told',
    (text) => {
      expect(readPolicy(text)).toEqual({ policy: NO_POLICY, fault: { kind: 'broken' } });
    },
  );

  test('of a hostile hand pollutes nothing', () => {
    const text = '{"__proto__":{"updates":false},"settings":{"__proto__":{"pinned":true}}}';
    const { policy, fault } = readPolicy(text);
    expect(policy).toEqual(NO_POLICY);
    expect(fault?.kind).toBe('entries');
    expect(({} as Record<string, unknown>)['pinned']).toBeUndefined();
  });

  test('can be read from anything, and locks nothing at a value out of range', () => {
    const keys = fc.constantFrom('server', 'settings', 'updates', 'theme', 'zoom', '__proto__');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.object({ key: keys }).map((o) => JSON.stringify(o)),
        ),
        (text) => {
          for (const [name, value] of Object.entries(readPolicy(text).policy.locked)) {
            expect(acceptsSetting(name, value), name).toBe(true);
          }
        },
      ),
    );
  });
});
