import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PHASES } from '../../src/core/calls/phase';
import { CALL_GROUPS, groupSessions } from '../../src/renderer/features/calls/group-sessions';
import type { SessionView } from '../../src/shared/state';
import { createSessionView } from './builders';

const anySessions = fc
  .uniqueArray(fc.tuple(fc.nat(30), fc.constantFrom(...PHASES), fc.nat(3), fc.boolean()), {
    selector: ([id]) => id,
  })
  .map((tuples) =>
    tuples.map(([id, phase, startedAt, isOwn]) =>
      createSessionView({ id: `s${id}`, phase, startedAt, isOwn }),
    ),
  );

it('sorts calls by group, the user’s own first, then by phase and age', () => {
  fc.assert(
    fc.property(anySessions, (sessions) => {
      const keys = groupSessions(sessions).flatMap((entry) =>
        entry.kind === 'session' ? [getSortKey(entry.session)] : [],
      );
      expect(keys).toEqual([...keys].sort());
      expect(keys).toHaveLength(sessions.length);
    }),
  );
});

function getSortKey({ phase, startedAt, id, isOwn }: SessionView): string {
  const isMovable = phase !== 'ringing' && phase !== 'ended';
  const group = CALL_GROUPS.indexOf(isOwn && isMovable ? 'own' : phase);
  return `${group} ${isOwn ? 0 : 1} ${PHASES.indexOf(phase)} ${startedAt} ${id}`;
}
