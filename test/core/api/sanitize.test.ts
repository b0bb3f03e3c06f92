import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sanitizeLine, truncate } from '../../../src/core/api/sanitize';

const CONTROL_CHARACTER = /[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

describe('sanitizeLine', () => {
  test.each([
    ['Grace Hopper', 'Grace Hopper'],
    ['  Grace Hopper  ', 'Grace Hopper'],
    ['Grace\r\nHopper', 'Grace Hopper'],
    ['Grace\u2028Hopper', 'Grace Hopper'],
    ['\u001b[31mGrace\u0007', '[31mGrace'],
    ['Grace\u202erepsoH\u202c', 'Grace repsoH'],
    ['\u2067Grace\u2069 \u200eHopper', 'Grace   Hopper'],
    ['\ufeffGrace\u200b', 'Grace'],
    ['\u{e0041}Grace\u{e007f}', 'Grace'],
    ['\u200b\u2060\ufeff', ''],
    ['\u3164', ''],
    ['\u115f\u1160\uffa0', ''],
    ['\u2800\u2800', ''],
    ['\u00ad\u180e', ''],
    ['\u200d\u200c', ''],
    ['\u0301\ufe0f', ''],
    ['Gra\u00adce', 'Gra ce'],
    ['\ufff9Grace\ufffaHopper\ufffb', 'Grace Hopper'],
    ['Grace\ud83d', 'Grace\ufffd'],
    [`G${'\u0301'.repeat(500)}race`, `G${'\u0301'.repeat(8)}race`],
    [' \t\n ', ''],
    ['', ''],
    ['<b>Grace</b> & Co', '<b>Grace</b> & Co'],
    ['نیک‌خواه', 'نیک‌خواه'],
    ['क्‍ष', 'क्‍ष'],
    ['👩‍💻 Ada', '👩‍💻 Ada'],
    ['José 山田', 'José 山田'],
    ['葛\u{e0100}城', '葛\u{e0100}城'],
    ['בְּרֵאשִׁ֖ית', 'בְּרֵאשִׁ֖ית'],
    ['❤️', '❤️'],
  ])('turns %j into %j', (text, line) => {
    expect(sanitizeLine(text)).toBe(line);
  });

  test('shortens a text of ten megabytes', () => {
    const line = sanitizeLine('Grace '.repeat(2_000_000));
    expect(line.length).toBeLessThanOrEqual(2_000);
    expect(line.endsWith('…')).toBe(true);
  });

  // fast-check needs several seconds for the first binary string on a busy machine.
  test('always returns one trimmed line without control characters', { timeout: 60_000 }, () => {
    const hostile = fc.string({ unit: 'binary', maxLength: 3_000 });
    fc.assert(
      fc.property(hostile, (text) => {
        const line = sanitizeLine(text);
        const hasControlCharacter = CONTROL_CHARACTER.test(line);
        const isStable = line === line.trim() && line === sanitizeLine(line);
        return !hasControlCharacter && isStable && line.length <= 2_000 && line.isWellFormed();
      }),
    );
  });
});

describe('truncate', () => {
  test.each([
    ['Grace', 5, 'Grace'],
    ['Grace Hopper', 6, 'Grace…'],
    ['Grace Hopper', 7, 'Grace…'],
    ['Ada 👩', 6, 'Ada 👩'],
    ['Ada 👩!', 6, 'Ada…'],
  ])('shortens %j to %i characters: %j', (text, maxLength, short) => {
    expect(truncate(text, maxLength)).toBe(short);
    expect(short.isWellFormed()).toBe(true);
  });
});
