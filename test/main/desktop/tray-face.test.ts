import { describe, expect, test } from 'vitest';
import type { Glance } from '../../../src/core/glance';
import type { Connection } from '../../../src/shared/state';
import { trayFace, type FaceScene } from '../../../src/main/desktop/tray-face';
import { aView, ENGLISH, someFacts } from '../builders';

const QUIET = { silent: false, active: 0, missed: 0 };
const LIVE: Connection = { kind: 'live', answeredAt: 0 };
const RINGING: Glance = { ...QUIET, kind: 'ringing', ringing: [someFacts()] };

describe('the face of the tray', () => {
  test('tells the glance by one icon, words and a menu', () => {
    const face = faceOf({ ...QUIET, kind: 'missed', missed: 2 });
    expect(face.icons).toHaveLength(1);
    expect(face.tooltip).toBe('2 missed');
    expect(face.menu).not.toEqual([]);
  });

  test.each(['starting', 'signing-in'] as const)('while %s does not say “no calls” yet', (kind) => {
    const { tooltip } = faceOf({ ...QUIET, kind: 'idle' }, { connection: { kind } });
    expect(tooltip).toMatch(/connect/i);
  });

  test('has two icons while a call rings, which differ', () => {
    const { icons } = faceOf(RINGING);
    expect(new Set(icons).size).toBe(2);
  });

  test('stands still for who asked for less motion', () => {
    expect(faceOf(RINGING, { still: true }).icons).toHaveLength(1);
  });

  test('has icons of its own for a dark panel and for do not disturb', () => {
    const icons = [
      faceOf({ ...QUIET, kind: 'idle' }),
      faceOf({ ...QUIET, kind: 'idle' }, { dark: true }),
      faceOf({ ...QUIET, silent: true, kind: 'idle' }),
      faceOf({ ...QUIET, kind: 'trouble', trouble: 'offline' }),
    ].map((face) => face.icons[0]);
    expect(new Set(icons).size).toBe(4);
  });

  test('does not draw up two thousand sessions for a menu of twelve', () => {
    let drawn = 0;
    const order = Array.from({ length: 2_000 }, (_, at) => `S-${at}`);
    const face = faceOf(RINGING, {
      order,
      onView: () => {
        drawn += 1;
      },
    });
    expect(drawn).toBeLessThan(20);
    expect(face.menu).toContainEqual(expect.objectContaining({ label: '1988 more' }));
  });
});

interface Choices {
  readonly still?: boolean;
  readonly dark?: boolean;
  readonly connection?: Connection;
  readonly order?: readonly string[];
  readonly onView?: () => void;
}

function faceOf(
  glance: Glance,
  { still, dark, connection = LIVE, order = [], onView }: Choices = {},
) {
  const companion: FaceScene['companion'] = {
    connection,
    glance,
    order,
    silence: null,
    view: (id) => {
      onView?.();
      return aView({ id });
    },
  };
  return trayFace({
    companion,
    voice: ENGLISH,
    resources: '/opt/ringside/resources',
    os: 'linux',
    dark: dark ?? false,
    still: still ?? false,
  });
}
