import { describe, expect, test } from 'vitest';
import { diffSnapshots } from '../../../src/core/calls/diff-snapshots';
import type { Session } from '../../../src/core/api/schema';
import { createSession } from '../session-fixture';

const createSnapshot = (...sessions: readonly Session[]): ReadonlyMap<string, Session> =>
  new Map(sessions.map((session) => [session.id, session]));

describe('diffSnapshots', () => {
  const grace = createSession({ id: 'G', ringing: true });
  const margaret = createSession({ id: 'M', ringing: true });

  test('lists sessions that appeared, changed, or vanished', () => {
    const answered = createSession({ id: 'G', connected: true });
    const dorothy = createSession({ id: 'D' });
    const changes = diffSnapshots(
      createSnapshot(grace, margaret),
      createSnapshot(answered, dorothy),
    );
    expect(changes).toEqual({ appeared: [dorothy], changed: [answered], vanished: ['M'] });
  });

  test('ignores a different order', () => {
    const changes = diffSnapshots(createSnapshot(grace, margaret), createSnapshot(margaret, grace));
    expect(changes).toEqual({ appeared: [], changed: [], vanished: [] });
  });

  test('treats a listed session of an earlier run as changed', () => {
    const known = new Map<string, Session | undefined>([
      ['G', undefined],
      ['M', undefined],
    ]);
    const changes = diffSnapshots(known, createSnapshot(grace));
    expect(changes).toEqual({ appeared: [], changed: [grace], vanished: ['M'] });
  });

  test('treats every session of the first snapshot as appeared', () => {
    expect(diffSnapshots(new Map(), createSnapshot(grace)).appeared).toEqual([grace]);
  });
});
