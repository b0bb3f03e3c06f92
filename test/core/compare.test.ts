import { describe, expect, test } from 'vitest';
import { compareSnapshots } from '../../src/core/compare';
import type { Session } from '../../src/core/session';
import { aSession } from './build';

const byId = (...sessions: readonly Session[]): ReadonlyMap<string, Session> =>
  new Map(sessions.map((session) => [session.id, session]));

describe('comparing two answers', () => {
  const grace = aSession({ id: 'G', ringing: true });
  const margaret = aSession({ id: 'M', ringing: true });

  test('finds what appeared, changed and vanished', () => {
    const answered = aSession({ id: 'G', connected: true });
    const dorothy = aSession({ id: 'D' });
    const changes = compareSnapshots(byId(grace, margaret), byId(answered, dorothy));
    expect(changes).toEqual({ appeared: [dorothy], changed: [answered], vanished: ['M'] });
  });

  test('finds nothing where nothing changed, in whatever order', () => {
    const changes = compareSnapshots(byId(grace, margaret), byId(margaret, grace));
    expect(changes).toEqual({ appeared: [], changed: [], vanished: [] });
  });

  test('takes a session that an earlier run knew for changed', () => {
    const known = new Map<string, Session | undefined>([
      ['G', undefined],
      ['M', undefined],
    ]);
    const changes = compareSnapshots(known, byId(grace));
    expect(changes).toEqual({ appeared: [], changed: [grace], vanished: ['M'] });
  });

  test('finds everything in the first answer', () => {
    expect(compareSnapshots(new Map(), byId(grace)).appeared).toEqual([grace]);
  });
});
