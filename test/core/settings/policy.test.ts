import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EMPTY_POLICY, parsePolicy } from '../../../src/core/settings/policy';
import { isValidSetting } from '../../../src/core/settings/settings';

const parse = (json: unknown) => parsePolicy(JSON.stringify(json));

describe('parsePolicy', () => {
  test('reads the server, the locked settings, and whether updates are allowed', () => {
    expect(
      parse({
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

  test('returns the empty policy for an empty object', () => {
    expect(parse({})).toEqual({ policy: EMPTY_POLICY, problem: undefined });
  });

  test('accepts a file that starts with a byte order mark', () => {
    expect(parsePolicy('\uFEFF{"updates":false}').policy.canUpdate).toBe(false);
  });

  test('can use the names that settings had in version 0.1', () => {
    const settings = { quietHoursOn: true, announceTrouble: false };
    expect(parse({ settings }).policy.settings).toEqual({
      scheduledDoNotDisturb: true,
      announceProblems: false,
    });
  });

  test('reports invalid entries by name and applies the others', () => {
    const { policy, problem } = parse({
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

  test.each([[[]], [null], ['dark'], [7]])('reports the settings %j as invalid', (settings) => {
    const { policy, problem } = parse({ settings, updates: false });
    expect(policy).toEqual({ settings: {}, canUpdate: false });
    expect(problem).toEqual({ kind: 'entries', names: ['settings'] });
  });

  test.each(['', '{', 'null', '[]', '7', '"dark"', '{"settings":{'])(
    'reports %j as broken and returns the empty policy',
    (text) => {
      expect(parsePolicy(text)).toEqual({ policy: EMPTY_POLICY, problem: { kind: 'broken' } });
    },
  );

  test('does not pollute the object prototype', () => {
    const text = '{"__proto__":{"updates":false},"settings":{"__proto__":{"pinned":true}}}';
    const { policy, problem } = parsePolicy(text);
    expect(policy).toEqual(EMPTY_POLICY);
    expect(problem?.kind).toBe('entries');
    expect(({} as Record<string, unknown>)['pinned']).toBeUndefined();
  });

  test('accepts any text and never locks a setting to an invalid value', () => {
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
