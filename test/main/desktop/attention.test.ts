import { expect, test } from 'vitest';
import type { Alert } from '../../../src/core/alert';
import { Attention } from '../../../src/main/desktop/attention';
import { someFacts } from '../builders';

const rings = (key: string): Alert => ({ kind: 'ringing', key, facts: someFacts() });
const MANY: Alert = { kind: 'ringing-many', key: 'many', count: 4 };
const TROUBLE: Alert = { kind: 'trouble', key: 'trouble', trouble: 'offline' };

/** What is asked of the icon while these alerts are up, one list after the other. */
function asked(...lists: readonly (readonly Alert[])[]): readonly string[] {
  const done: string[] = [];
  const attention = new Attention({
    beckon: () => done.push('look'),
    rest: () => done.push('rest'),
  });
  for (const open of lists) attention.apply(open);
  return done;
}

test('a ring asks for a look once, and no longer than it lasts', () => {
  expect(asked([], [rings('1')], [rings('1')], [])).toEqual(['look', 'rest']);
});

test('one more ring asks again; one less does not', () => {
  const [one, two] = [rings('1'), rings('2')];
  expect(asked([one], [one, two], [two], [])).toEqual(['look', 'look', 'rest']);
});

test('many rings told as one ask like one', () => {
  expect(asked([MANY], [MANY], [])).toEqual(['look', 'rest']);
});

test('nothing else asks for a look', () => {
  expect(asked([TROUBLE], [], [TROUBLE])).toEqual([]);
});
