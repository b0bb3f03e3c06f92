import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DO_NOT_DISTURB_OPTIONS } from '../../src/core/settings/do-not-disturb';
import {
  parseCommandLine,
  parseDeepLink,
  getDoNotDisturbArgument,
} from '../../src/main/command-line';

describe('parseCommandLine', () => {
  test('asks for nothing without arguments', () => {
    expect(parseCommandLine(['/opt/ringside/ringside'])).toEqual({
      demo: false,
      hasLink: false,
      hidden: false,
      doNotDisturb: undefined,
      destination: undefined,
    });
  });

  test('can ask for the demo, a hidden start, and a session', () => {
    const argv = ['ringside', '.', '--no-sandbox', '--demo', '--hidden', 'ringside://session/S-1'];
    expect(parseCommandLine(argv)).toEqual({
      demo: true,
      hasLink: true,
      hidden: true,
      doNotDisturb: undefined,
      destination: { view: 'session', id: 'S-1' },
    });
  });

  test('may contain arguments for Chromium', () => {
    const argv = ['ringside', '--demonstrate', '--hidden=no', '--user-data-dir=/tmp/demo', '-'];
    expect(parseCommandLine(argv)).toMatchObject({ demo: false, hidden: false });
  });

  test('follows the first valid link', () => {
    const argv = ['ringside', 'ringside://nowhere', 'ringside://missed', 'ringside://session/7'];
    expect(parseCommandLine(argv).destination).toEqual({ view: 'missed' });
  });
});

describe('Do Not Disturb on the command line', () => {
  test.each(DO_NOT_DISTURB_OPTIONS)('can be set to %s', (choice) => {
    expect(
      parseCommandLine(['ringside', '--hidden', getDoNotDisturbArgument(choice)]),
    ).toMatchObject({
      doNotDisturb: choice,
      hidden: true,
    });
  });

  test.each([
    '--do-not-disturb',
    '--do-not-disturb=',
    '--do-not-disturb=for-ever',
    'do-not-disturb=1-hour',
    '--do-not-disturb 1-hour',
  ])('is not set by %s', (argument) => {
    expect(parseCommandLine(['ringside', argument]).doNotDisturb).toBeUndefined();
  });

  test.each([
    ['ringside://missed', '--do-not-disturb=until-turned-off'],
    ['--do-not-disturb=until-turned-off', 'ringside://session/S-1'],
    ['RINGSIDE://silence/30-minutes" --do-not-disturb=30-minutes', '--do-not-disturb=30-minutes'],
    ['"ringside:', '--do-not-disturb=tomorrow', '"'],
  ])('is not set by a link, not even one that was split into several arguments: %s', (...argv) => {
    expect(parseCommandLine(['ringside', ...argv]).doNotDisturb).toBeUndefined();
  });
});

describe('a deep link', () => {
  test.each([
    ['ringside://missed', { view: 'missed' }],
    ['ringside://missed/', { view: 'missed' }],
    ['ringside://Missed', { view: 'missed' }],
    ['RINGSIDE://MISSED/', { view: 'missed' }],
    ['RINGSIDE://session/S-1', { view: 'session', id: 'S-1' }],
    ['ringside://Session/S-1/', { view: 'session', id: 'S-1' }],
    ['ringside://SESSION/S-1//', { view: 'session', id: 'S-1' }],
    ['ringside://session/S-1/?from=mail', { view: 'session', id: 'S-1' }],
    [`ringside://session/${'9'.repeat(529)}`, { view: 'session', id: '9'.repeat(529) }],
    ['ringside://mIsSeD//?from=mail#top', { view: 'missed' }],
    ['Ringside://SeSSion/Ab-C/#top', { view: 'session', id: 'Ab-C' }],
    ['ringside://session//S-1/', { view: 'session', id: 'S-1' }],
    ['ringside://session/%2FS-1/', { view: 'session', id: '/S-1' }],
    ['ringside://session/S%201%2F2', { view: 'session', id: 'S 1/2' }],
    ['ringside://session/S-1?from=mail#top', { view: 'session', id: 'S-1' }],
    ['ringside://session/%E2%98%8E', { view: 'session', id: '☎' }],
  ])('%s is valid', (link, destination) => {
    expect(parseDeepLink(link)).toEqual(destination);
  });

  test.each([
    '',
    'ringside:',
    'ringside://',
    'ringside://session',
    'ringside://session/',
    'ringside://settings',
    'ringside://silence/30-minutes',
    'ringside://session/%E0%A4%A',
    'https://session/S-1',
    'file:///etc/passwd',
    'javascript:ringside://missed',
    ' ringside://missed',
    `ringside://session/${'9'.repeat(530)}`,
    `ringside://session/${'9'.repeat(3_000)}`,
  ])('"%.40s" is not valid', (link) => {
    expect(parseDeepLink(link)).toBeUndefined();
  });

  test('can carry any id', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(id, (text) => {
        const link = `ringside://session/${encodeURIComponent(text)}`;
        // In any URL, dots alone refer to a parent folder, so a link can't name such an id.
        if (/^\.{1,2}$/.test(text)) return;
        expect(parseDeepLink(link)).toEqual({ view: 'session', id: text });
      }),
    );
  });

  test('never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        parseDeepLink(text);
        parseDeepLink(`ringside://session/${text}`);
        parseDeepLink(`ringside://${text}`);
      }),
    );
  });
});
