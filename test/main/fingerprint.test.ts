import { expect, test } from 'vitest';
import { fingerprint } from '../../src/main/fingerprint';

test('a fingerprint is always the same for the same text', () => {
  expect(fingerprint('["https://evovoice.io","jamie@clearwater.example"]')).toBe(
    fingerprint('["https://evovoice.io","jamie@clearwater.example"]'),
  );
});

test('a fingerprint can be part of a file name, and does not show the text', () => {
  for (const text of ['', 'a', 'jamie@clearwater.example', '☎️'.repeat(1_000)]) {
    expect(fingerprint(text)).toMatch(/^[0-9a-f]{16}$/);
  }
});

test('twenty thousand names that look alike have fingerprints of their own', () => {
  const names = Array.from({ length: 20_000 }, (_, at) => `user-${at}@clearwater.example`);
  expect(new Set(names.map(fingerprint)).size).toBe(names.length);
  // Each half alone tells most of them apart, so no bit of the whole is wasted.
  for (const half of [0, 8]) {
    const halves = names.map((name) => fingerprint(name).slice(half, half + 8));
    expect(new Set(halves).size).toBeGreaterThan(names.length - 5);
  }
});
