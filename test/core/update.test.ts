import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canCheckForUpdates,
  reduceUpdate,
  getNextCheckDelayMs,
  classifyUpdateError,
  type UpdateState,
  type UpdateEvent,
} from '../../src/core/update';

const IDLE: UpdateState = { kind: 'idle', checkedAt: null };
const FOUND: UpdateEvent = {
  kind: 'found',
  version: '2.0.0',
  mode: 'installs',
  hasReleasePage: true,
};
const after = (...events: readonly UpdateEvent[]): UpdateState =>
  events.reduce<UpdateState>((update, event) => reduceUpdate(update, event), IDLE);

describe('a newer version', () => {
  test('is offered, and nothing is downloaded before the person says so', () => {
    const offered = after({ kind: 'check' }, FOUND);
    expect(offered).toEqual({ kind: 'available', version: '2.0.0', isPostponed: false });
    for (const event of [
      { kind: 'progress', percent: 9 },
      { kind: 'downloaded', canRestart: true },
    ] as const) {
      expect(reduceUpdate(offered, event)).toBe(offered);
    }
  });

  test('is downloaded with its progress, and then ready', () => {
    const events: UpdateEvent[] = [{ kind: 'check' }, FOUND, { kind: 'download' }];
    expect(after(...events)).toEqual({ kind: 'downloading', version: '2.0.0', percent: 0 });
    events.push({ kind: 'progress', percent: 41.7 });
    expect(after(...events)).toMatchObject({ percent: 41 });
    expect(after(...events, { kind: 'progress', percent: 12 })).toMatchObject({ percent: 41 });
    expect(after(...events, { kind: 'progress', percent: 200 })).toMatchObject({ percent: 100 });
    expect(after(...events, { kind: 'downloaded', canRestart: false })).toEqual({
      kind: 'ready',
      version: '2.0.0',
      isPostponed: false,
      canRestart: false,
    });
  });

  test('that is no further by a per cent is no change', () => {
    const downloading = after({ kind: 'check' }, FOUND, { kind: 'download' });
    expect(reduceUpdate(downloading, { kind: 'progress', percent: 0.9 })).toBe(downloading);
  });

  test('that was put off is not brought up again, but the next one is', () => {
    const putOff = after({ kind: 'check' }, FOUND, { kind: 'later' }, { kind: 'check' });
    expect(reduceUpdate(putOff, FOUND)).toMatchObject({ isPostponed: true });
    expect(reduceUpdate(putOff, { ...FOUND, version: '2.0.1' })).toMatchObject({
      isPostponed: false,
    });
  });

  test('on a managed computer is only told, and cannot be downloaded', () => {
    const told = after({ kind: 'check' }, { ...FOUND, mode: 'tells' });
    expect(told).toEqual({
      kind: 'told',
      version: '2.0.0',
      isPostponed: false,
      hasReleasePage: true,
    });
    expect(reduceUpdate(told, { kind: 'download' })).toBe(told);
  });

  test('that could not be downloaded is known, and can be tried again', () => {
    const failed = after(
      { kind: 'check' },
      FOUND,
      { kind: 'download' },
      {
        kind: 'failed',
        problem: 'damaged',
      },
    );
    expect(failed).toEqual({ kind: 'failed', version: '2.0.0', problem: 'damaged' });
    expect(reduceUpdate(failed, { kind: 'download' })).toMatchObject({ kind: 'downloading' });
    expect(reduceUpdate(failed, { kind: 'later' })).toMatchObject({
      kind: 'available',
      isPostponed: true,
    });
  });

  test('that is ready stays ready, whatever else happens', () => {
    const ready = after(
      { kind: 'check' },
      FOUND,
      { kind: 'download' },
      {
        kind: 'downloaded',
        canRestart: true,
      },
    );
    for (const event of [{ kind: 'check' }, FOUND, { kind: 'none', at: 1 }] as const) {
      expect(reduceUpdate(ready, event)).toBe(ready);
    }
    expect(canCheckForUpdates(ready)).toBe(false);
  });
});

test('no answer is no newer version, and can be asked for again', () => {
  const failed = after({ kind: 'check' }, { kind: 'failed', problem: 'unreachable' });
  expect(failed).toEqual({ kind: 'failed', version: null, problem: 'unreachable' });
  expect(reduceUpdate(failed, { kind: 'download' })).toBe(failed);
  expect(after({ kind: 'check' }, { kind: 'none', at: 7 })).toEqual({ kind: 'idle', checkedAt: 7 });
  expect(canCheckForUpdates(failed)).toBe(true);
});

test('turned off it stays off, whatever happens', () => {
  const off: UpdateState = { kind: 'off', reason: 'organisation' };
  const events: readonly UpdateEvent[] = [{ kind: 'check' }, FOUND, { kind: 'download' }];
  for (const event of events) expect(reduceUpdate(off, event)).toBe(off);
});

test('nothing is ever ready that was not found, agreed to and downloaded', () => {
  const event = fc.oneof(
    fc.constantFrom<UpdateEvent>(
      { kind: 'check' },
      { kind: 'none', at: 1 },
      FOUND,
      { ...FOUND, mode: 'tells' },
      { kind: 'download' },
      { kind: 'progress', percent: 50 },
      { kind: 'downloaded', canRestart: true },
      { kind: 'failed', problem: 'damaged' },
      { kind: 'later' },
    ),
  );
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), (events) => {
      events.reduce<UpdateState>((before, next) => {
        const update = reduceUpdate(before, next);
        if (update.kind === 'downloading' && before.kind !== 'downloading') {
          expect(next.kind).toBe('download');
          expect(['available', 'failed']).toContain(before.kind);
        }
        if (update.kind === 'ready' && before.kind !== 'ready') {
          expect(before.kind).toBe('downloading');
        }
        return update;
      }, IDLE);
    }),
  );
});

test('desktops do not ask all at once, and not while one waits for the first calls', () => {
  expect(getNextCheckDelayMs(true, () => 0)).toBe(150_000);
  expect(getNextCheckDelayMs(true, () => 0.999)).toBeLessThan(450_000);
  expect(getNextCheckDelayMs(false, () => 0)).toBe(3 * 3_600_000);
  expect(getNextCheckDelayMs(false, () => 0.999)).toBeLessThan(9 * 3_600_000);
});

test.each([
  [
    Object.assign(new Error('sha512 checksum mismatch'), { code: 'ERR_CHECKSUM_MISMATCH' }),
    'damaged',
  ],
  [
    Object.assign(new Error('New version 2 is not signed by the application owner'), {
      code: 'ERR_UPDATER_INVALID_SIGNATURE',
    }),
    'unsigned',
  ],
  [new Error('Code signature at URL file:///x did not pass validation'), 'unsigned'],
  [Object.assign(new Error('no space'), { code: 'ENOSPC' }), 'cannot-save'],
  [Object.assign(new Error('404'), { code: 'HTTP_ERROR_404' }), 'unreachable'],
  [
    Object.assign(new Error('Cannot find latest.yml'), {
      code: 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND',
    }),
    'unreachable',
  ],
  [new Error('net::ERR_CONNECTION_REFUSED'), 'unreachable'],
  [new Error('something else'), 'unexpected'],
  ['text', 'unexpected'],
])('an error says what went wrong: %s', (error, fault) => {
  expect(classifyUpdateError(error)).toBe(fault);
});
