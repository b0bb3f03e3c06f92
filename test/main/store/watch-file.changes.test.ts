import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Missed } from '../../../src/core/watch/call';
import { NEW_WATCH, type Watch } from '../../../src/core/watch/watch';
import { WatchFile } from '../../../src/main/store/watch-file';
import { markAt, someFacts } from '../builders';

const NOW = Date.UTC(2026, 2, 3, 9, 30);
const MISSED: Missed = { inferred: false, away: false, past: false, answered: false };

/** A miss waits for the end of do not disturb; the call itself is long forgotten. */
const WATCH: Watch = {
  ...NEW_WATCH,
  seenAt: markAt(NOW),
  told: new Map([['S-1', MISSED]]),
  waiting: [
    { facts: someFacts(), at: NOW, rang: undefined, inferred: false, found: 'silence' } as const,
  ],
};

let folder: string;
let file: WatchFile;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringside-watch-'));
  file = again();
  file.save(WATCH);
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('that a miss waits no longer is kept at once: no kill tells it again', () => {
  file.save({ ...WATCH, waiting: [] });
  expect(again().load(NOW).waiting).toEqual([]);
});

test('what became of a miss is kept at once', () => {
  const told = new Map([['S-1', { ...MISSED, answered: true }]]);
  file.save({ ...WATCH, told });
  expect(again().load(NOW).told).toEqual(told);
});

test('at the end the very moment of the last answer is kept: a short pause is no gap', () => {
  const seenAt = markAt(NOW + 1_000);
  file.save({ ...WATCH, seenAt });
  expect(again().load(NOW).seenAt).toEqual(WATCH.seenAt);
  file.finish({ ...WATCH, seenAt });
  expect(again().load(NOW).seenAt).toEqual(seenAt);
});

/** The file as another run of the app sees it. */
function again(): WatchFile {
  return new WatchFile(join(folder, 'watch.json'), () => undefined);
}
