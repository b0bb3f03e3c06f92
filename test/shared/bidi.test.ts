import { describe, expect, test } from 'vitest';
import { closeIsolates, isolateText } from '../../src/shared/bidi';

describe('isolateText', () => {
  test.each([
    ['Grace Hopper', 'ltr', false],
    ['Grace Hopper', 'rtl', true],
    ['غريس هوبر', 'ltr', true],
    ['غريس هوبر', 'rtl', false],
    ['غريس Hopper', 'rtl', true],
    ['𐤀𐤋𐤐', 'ltr', true],
    ['+1 202-555-0147', 'ltr', false],
    ['+1 202-555-0147', 'rtl', true],
    ['020 7946 0823', 'rtl', true],
    ['(202) 555-0147', 'rtl', true],
    ['+4930901820', 'rtl', true],
    ['12', 'rtl', false],
    ['2 د 10 ث', 'rtl', false],
  ] as const)('isolates %s in %s text: %s', (text, direction, shouldIsolate) => {
    expect(isolateText(text, direction)).toBe(shouldIsolate ? `\u2068${text}\u2069` : text);
  });
});

describe('closeIsolates', () => {
  test('closes isolates that were left open in a shortened text', () => {
    expect(closeIsolates('\u2068غريس…')).toBe('\u2068غريس…\u2069');
    expect(closeIsolates('\u2068غريس\u2069 \u2068هو…')).toBe('\u2068غريس\u2069 \u2068هو…\u2069');
    expect(closeIsolates('\u2068غريس\u2069…')).toBe('\u2068غريس\u2069…');
    expect(closeIsolates('Grace…')).toBe('Grace…');
  });
});
