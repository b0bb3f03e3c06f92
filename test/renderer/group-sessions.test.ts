import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PHASES } from '../../src/core/calls/phase';
import { groupSessions } from '../../src/renderer/features/calls/group-sessions';
import type { SessionView } from '../../src/shared/state';
import { createSessionView } from './builders';

const anySessions = fc
  .uniqueArray(fc.tuple(fc.nat(30), fc.constantFrom(...PHASES), fc.nat(3)), {
    selector: ([id]) => id,
  })
  .map((tuples) =>
    tuples.map(([id, phase, startedAt]) => createSessionView({ id: `s${id}`, phase, startedAt })),
  );

it('sorts calls by phase, then by age', () => {
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

function getSortKey({ phase, startedAt, id }: SessionView): string {
  return `${PHASES.indexOf(phase)} ${startedAt} ${id}`;
}
