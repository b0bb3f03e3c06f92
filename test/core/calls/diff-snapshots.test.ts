import { describe, expect, test } from 'vitest';
import { diffSnapshots } from '../../../src/core/calls/diff-snapshots';
import type { Session } from '../../../src/core/api/schema';
import { createSession } from '../session-fixture';

const byId = (...sessions: readonly Session[]): ReadonlyMap<string, Session> =>
  new Map(sessions.map((session) => [session.id, session]));

describe('comparing two answers', () => {
  const grace = createSession({ id: 'G', ringing: true });
  const margaret = createSession({ id: 'M', ringing: true });

  test('finds what appeared, changed and vanished', () => {
    const answered = createSession({ id: 'G', connected: true });
    const dorothy = createSession({ id: 'D' });
    const changes = diffSnapshots(byId(grace, margaret), byId(answered, dorothy));
    expect(changes).toEqual({ appeared: [dorothy], changed: [answered], vanished: ['M'] });
  });

  test('finds nothing where nothing changed, in whatever order', () => {
    const changes = diffSnapshots(byId(grace, margaret), byId(margaret, grace));
    expect(changes).toEqual({ appeared: [], changed: [], vanished: [] });
  });

  test('takes a session that an earlier run knew for changed', () => {
    const known = new Map<string, Session | undefined>([
      ['G', undefined],
      ['M', undefined],
    ]);
    const changes = diffSnapshots(known, byId(grace));
    expect(changes).toEqual({ appeared: [], changed: [grace], vanished: ['M'] });
  });

  test('finds everything in the first answer', () => {
    expect(diffSnapshots(new Map(), byId(grace)).appeared).toEqual([grace]);
  });
});
