import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_POLICY, parsePolicy } from '../../../src/core/settings/policy';
import { isValidSetting } from '../../../src/core/settings/settings';

const read = (json: unknown) => parsePolicy(JSON.stringify(json));

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
        settings: {
          server: 'https://pbx.example',
          theme: 'dark',
          launchAtLogin: true,
          mutedChannels: ['Fax'],
        },
        canUpdate: false,
      },
      problem: undefined,
    });
  });

  test('that says nothing changes nothing', () => {
    expect(read({})).toEqual({ policy: EMPTY_POLICY, problem: undefined });
  });

  test('may be a file of Windows, which begins with a mark', () => {
    expect(parsePolicy('\uFEFF{"updates":false}').policy.canUpdate).toBe(false);
  });

  test('can use the names that settings had in version 0.1', () => {
    const settings = { quietHoursOn: true, announceTrouble: false };
    expect(read({ settings }).policy.settings).toEqual({
      scheduledDoNotDisturb: true,
      announceProblems: false,
    });
  });

  test('is followed as far as it can be, and the rest is named', () => {
    const { policy, problem } = read({
      server: 'http://pbx.example',
      settings: { theme: 'pink', zoom: 150, telepathy: true },
      updates: 'never',
      colour: 'blue',
    });
    expect(policy).toEqual({ settings: { zoom: 150 }, canUpdate: true });
    expect(problem).toEqual({
      kind: 'entries',
      names: ['colour', 'updates', 'theme', 'telepathy', 'server'],
    });
  });

  test.each([[[]], [null], ['dark'], [7]])('with the settings %j has none', (settings) => {
    const { policy, problem } = read({ settings, updates: false });
    expect(policy).toEqual({ settings: {}, canUpdate: false });
    expect(problem).toEqual({ kind: 'entries', names: ['settings'] });
  });

  test.each(['', '{', 'null', '[]', '7', '"dark"', '{"settings":{'])(
    'that is %j instead is none, and told',
    (text) => {
      expect(parsePolicy(text)).toEqual({ policy: EMPTY_POLICY, problem: { kind: 'broken' } });
    },
  );

  test('of a hostile hand pollutes nothing', () => {
    const text = '{"__proto__":{"updates":false},"settings":{"__proto__":{"pinned":true}}}';
    const { policy, problem } = parsePolicy(text);
    expect(policy).toEqual(EMPTY_POLICY);
    expect(problem?.kind).toBe('entries');
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
          for (const [name, value] of Object.entries(parsePolicy(text).policy.settings)) {
            expect(isValidSetting(name, value), name).toBe(true);
          }
        },
      ),
    );
  });
});
