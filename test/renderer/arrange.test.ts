import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PHASES } from '../../src/core/phase';
import { arrange, type Line } from '../../src/renderer/calls/arrange';
import type { SessionView } from '../../src/shared/state';
import { aSessionView } from './builders';

const someSessions = fc
  .uniqueArray(fc.tuple(fc.nat(30), fc.constantFrom(...PHASES), fc.nat(3)), {
    selector: ([id]) => id,
  })
  .map((all) =>
    all.map(([id, phase, startedAt]) => aSessionView({ id: `s${id}`, phase, startedAt })),
  );

/** The later sessions; of those that were there before some are as they were. */
const twoPolls = fc
  .tuple(someSessions, someSessions, fc.infiniteStream(fc.boolean()))
  .map(([before, after, stays]): [readonly SessionView[], readonly SessionView[]] => {
    const known = new Map(before.map((session) => [session.id, session]));
    const kept = after.map((session) => (stays.next().value ? known.get(session.id) : undefined));
    return [before, after.map((session, at) => kept[at] ?? session)];
  });

describe('the order of the calls', () => {
  it('is the same whether a poll changed a few of them or all are new', () => {
    fc.assert(
      fc.property(twoPolls, ([before, after]) => {
        expect(arrange(after, arrange(before))).toEqual(arrange(after));
      }),
    );
  });

  it('is by phase, then by age', () => {
    fc.assert(
      fc.property(someSessions, (sessions) => {
        const keys = arrange(sessions)
          .filter(isSession)
          .map(({ session }) => rank(session));
        expect(keys).toEqual([...keys].sort());
        expect(keys).toHaveLength(sessions.length);
      }),
    );
  });

  it('hands on the very line of a session that stayed as it was', () => {
    const [stays, moves] = [aSessionView({ id: 's1' }), aSessionView({ id: 's2' })];
    const before = arrange([stays, moves]);
    const after = arrange([stays, { ...moves, phase: 'held' }], before);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });
});

function isSession(line: Line): line is Extract<Line, { kind: 'session' }> {
  return line.kind === 'session';
}

function rank({ phase, startedAt, id }: SessionView): string {
  return `${PHASES.indexOf(phase)} ${startedAt} ${id}`;
}
