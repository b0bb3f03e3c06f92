import { describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../session-fixture';
import { atWork, GRACE, shown } from './fixtures';

describe('trouble', () => {
  test('is no connection for a minute, told once', () => {
    const desk = atWork();
    desk.fails();
    desk.passes(59 * SECOND);
    desk.fails();
    expect(desk.raised).toEqual([]);
    desk.passes(SECOND);
    desk.fails();
    desk.passes(60 * MINUTE);
    desk.fails();
    expect(desk.raised).toMatchObject([{ kind: 'connection-problem', problem: 'offline' }]);
  });

  test.each(['sign-in', 'forbidden'] as const)('is %s at once', (problem) => {
    const desk = atWork();
    desk.fails(problem);
    expect(shown(desk)).toEqual([problem]);
  });

  test('goes with the first answer', () => {
    const desk = atWork();
    desk.fails('sign-in');
    desk.polls();
    expect(desk.shows).toEqual([]);
  });

  test('that comes back after an answer is told again', () => {
    const desk = atWork();
    desk.fails('sign-in');
    desk.polls();
    desk.fails('sign-in');
    expect(desk.raised).toHaveLength(2);
  });

  test('that wavers between two kinds is told once of each', () => {
    const desk = atWork();
    for (let turn = 0; turn < 5; turn += 1) {
      desk.fails('sign-in');
      desk.fails('offline');
      desk.passes(MINUTE);
      desk.fails('offline');
    }
    expect(desk.raised).toMatchObject([{ problem: 'sign-in' }, { problem: 'offline' }]);
  });

  test('of another kind takes the place of the first', () => {
    const desk = atWork();
    desk.fails('offline');
    desk.passes(MINUTE);
    desk.fails('offline');
    desk.fails('sign-in');
    expect(shown(desk)).toEqual(['sign-in']);
  });

  test('is not told when that is off', () => {
    const desk = atWork();
    desk.setsRules({ shouldAlertProblems: false });
    desk.fails('sign-in');
    expect(desk.raised).toEqual([]);
  });

  test('leaves rings up for a minute, then takes down what may no longer ring', () => {
    const desk = atWork();
    desk.polls(GRACE);
    desk.fails();
    desk.passes(59 * SECOND);
    desk.fails();
    expect(shown(desk)).toEqual(['Grace Hopper rings']);
    desk.passes(SECOND);
    desk.fails();
    expect(shown(desk)).toEqual(['offline']);
    desk.polls(GRACE);
    expect(desk.raised).toHaveLength(2);
  });
});
