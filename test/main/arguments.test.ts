import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SILENCE_CHOICES } from '../../src/core/silence';
import { readArguments, readDeepLink, silenceArgument } from '../../src/main/arguments';

describe('the command line', () => {
  test('asks for nothing by itself', () => {
    expect(readArguments(['/opt/ringside/ringside'])).toEqual({
      demo: false,
      hidden: false,
      silence: undefined,
      destination: undefined,
    });
  });

  test('asks for the demo, for no window, and for a session', () => {
    const argv = ['ringside', '.', '--no-sandbox', '--demo', '--hidden', 'ringside://session/S-1'];
    expect(readArguments(argv)).toEqual({
      demo: true,
      hidden: true,
      silence: undefined,
      destination: { view: 'session', id: 'S-1' },
    });
  });

  test('passes over what is Chromium’s business', () => {
    const argv = ['ringside', '--demonstrate', '--hidden=no', '--user-data-dir=/tmp/demo', '-'];
    expect(readArguments(argv)).toMatchObject({ demo: false, hidden: false });
  });

  test('follows the first link that leads anywhere', () => {
    const argv = ['ringside', 'ringside://nowhere', 'ringside://missed', 'ringside://session/7'];
    expect(readArguments(argv).destination).toEqual({ view: 'missed' });
  });
});

describe('do not disturb by the command line', () => {
  test.each(SILENCE_CHOICES)('is asked for as %s', (choice) => {
    expect(readArguments(['ringside', '--hidden', silenceArgument(choice)])).toMatchObject({
      silence: choice,
      hidden: true,
    });
  });

  test.each([
    '--silence',
    '--silence=',
    '--silence=for-ever',
    'silence=1-hour',
    '--silence 1-hour',
  ])('is not asked for by %s', (argument) => {
    expect(readArguments(['ringside', argument]).silence).toBeUndefined();
  });

  test.each([
    ['ringside://missed', '--silence=until-turned-off'],
    ['--silence=until-turned-off', 'ringside://session/S-1'],
    ['RINGSIDE://silence/30-minutes" --silence=30-minutes', '--silence=30-minutes'],
    ['"ringside:', '--silence=tomorrow', '"'],
  ])('is never asked for by a link, not even by one that came apart: %s', (...argv) => {
    expect(readArguments(['ringside', ...argv]).silence).toBeUndefined();
  });
});

describe('a deep link', () => {
  test.each([
    ['ringside://missed', { view: 'missed' }],
    ['ringside://missed/', { view: 'missed' }],
    ['RINGSIDE://session/S-1', { view: 'session', id: 'S-1' }],
    ['ringside://session/S%201%2F2', { view: 'session', id: 'S 1/2' }],
    ['ringside://session/S-1?from=mail#top', { view: 'session', id: 'S-1' }],
    ['ringside://session/%E2%98%8E', { view: 'session', id: '☎' }],
  ])('%s leads there', (link, destination) => {
    expect(readDeepLink(link)).toEqual(destination);
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
    `ringside://session/${'9'.repeat(3_000)}`,
  ])('"%.40s" leads nowhere', (link) => {
    expect(readDeepLink(link)).toBeUndefined();
  });

  test('brings any id through unharmed', () => {
    const id = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(id, (text) => {
        const link = `ringside://session/${encodeURIComponent(text)}`;
        // Dots alone are a way up in any URL, so they are no id that a link could name.
        if (/^\.{1,2}$/.test(text)) return;
        expect(readDeepLink(link)).toEqual({ view: 'session', id: text });
      }),
    );
  });

  test('never throws, whatever somebody puts into it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        readDeepLink(text);
        readDeepLink(`ringside://session/${text}`);
        readDeepLink(`ringside://${text}`);
      }),
    );
  });
});
