import { describe, expect, test } from 'vitest';
import type { Glance } from '../../../src/core/glance';
import { glanceWords } from '../../../src/main/desktop/glance-words';
import { ENGLISH, someFacts } from '../builders';

const QUIET = { silent: false, active: 0, missed: 0 };
const GRACE = someFacts();
const ADA = someFacts({
  id: 'S-2',
  fromName: 'Ada Byron',
  customerName: null,
  customerBreadcrumb: null,
});

describe('the glance in words', () => {
  test.each<[string, Glance]>([
    ['Ringing: Grace Hopper for Bright Dental', { ...QUIET, kind: 'ringing', ringing: [GRACE] }],
    ['Ringing: Ada Byron', { ...QUIET, kind: 'ringing', ringing: [ADA] }],
    [
      'Ringing: Grace Hopper for Bright Dental and 2 more',
      { ...QUIET, active: 3, missed: 1, kind: 'ringing', ringing: [GRACE, ADA, ADA] },
    ],
    ['1 call', { ...QUIET, active: 1, kind: 'active' }],
    ['2 calls · 1 missed', { ...QUIET, active: 2, missed: 1, kind: 'active' }],
    ['1 missed', { ...QUIET, missed: 1, kind: 'missed' }],
    ['12 missed', { ...QUIET, missed: 12, kind: 'missed' }],
    ['Ringside: no calls right now', { ...QUIET, kind: 'idle' }],
    ['Offline, reconnecting', { ...QUIET, missed: 1, kind: 'trouble', trouble: 'offline' }],
    ['Sign-in needed', { ...QUIET, kind: 'trouble', trouble: 'sign-in' }],
    [
      'No access to calls: the “User” role is missing',
      { ...QUIET, kind: 'trouble', trouble: 'forbidden' },
    ],
  ])('%s', (words, glance) => {
    expect(glanceWords(glance, ENGLISH)).toBe(words);
  });

  test('say that do not disturb is on', () => {
    const glance: Glance = { ...QUIET, silent: true, active: 2, missed: 1, kind: 'active' };
    expect(glanceWords(glance, ENGLISH)).toBe('2 calls · 1 missed · Do Not Disturb');
  });

  test('are no longer than a panel shows', () => {
    const long = someFacts({ fromName: 'G'.repeat(400), customerName: 'B'.repeat(400) });
    const words = glanceWords({ ...QUIET, kind: 'ringing', ringing: [long] }, ENGLISH);
    expect(words.length).toBeLessThanOrEqual(120);
    expect(words).toMatch(/^Ringing: G+…$/);
  });
});
