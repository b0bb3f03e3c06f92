import { describe, expect, test } from 'vitest';
import { PHASES, getPhase, type Phase } from '../../../src/core/calls/phase';

type States = Parameters<typeof getPhase>[0];

const CALL_STATES = ['Disconnected', 'Ringing', 'Connected', 'Hold', 'Passive', undefined, 'New'];
const QUEUE_STATES = [
  ...['None', 'Queued', 'Ringing', 'Connected', 'Hold', 'Disconnected'],
  undefined,
  'New',
];
const DIRECTIONS = ['Incoming', 'Outgoing', undefined, 'Sideways'];

describe('the phase of a session', () => {
  test.each<[string, States, Phase]>([
    ['ended is ended, whatever else', { ended: true, callState: 'Ringing' }, 'ended'],
    ['a call that rings', { callState: 'Ringing', direction: 'Incoming' }, 'ringing'],
    ['a queue that rings', { queueState: 'Ringing', callState: 'Passive' }, 'ringing'],
    ['a queue that rings beside a connected call', ring('Connected', 'Ringing'), 'ringing'],
    ['no direction is incoming', { callState: 'Ringing' }, 'ringing'],
    ['an unknown direction is incoming', { ...ring('Ringing'), direction: 'Up' }, 'ringing'],
    ['a call that is made', { callState: 'Ringing', direction: 'Outgoing' }, 'dialing'],
    [
      'a queue does not make an outgoing call ring',
      { queueState: 'Ringing', direction: 'Outgoing' },
      'open',
    ],
    ['a call on hold', { callState: 'Hold' }, 'held'],
    ['a queue on hold', { queueState: 'Hold', callState: 'Connected' }, 'held'],
    ['a call that is connected', { callState: 'Connected' }, 'connected'],
    ['a queue that is connected', { queueState: 'Connected', callState: 'Passive' }, 'connected'],
    ['a call in a queue', { queueState: 'Queued', callState: 'Disconnected' }, 'queued'],
    ['a passive call in a queue', { queueState: 'Queued', callState: 'Passive' }, 'queued'],
    ['a passive call', { callState: 'Passive', queueState: 'None' }, 'passive'],
    ['a chat', { callState: 'Disconnected', queueState: 'None' }, 'open'],
    ['an unknown state', { callState: 'Levitating' }, 'open'],
    ['nothing at all', {}, 'open'],
    ['not ended is not ended', { ended: false, callState: 'Hold' }, 'held'],
  ])('%s', (_, states, phase) => {
    expect(getPhase(states)).toBe(phase);
  });

  test('is the first line of the table that matches, for every combination', () => {
    for (const ended of [true, false, undefined]) {
      for (const direction of DIRECTIONS) {
        for (const callState of CALL_STATES) {
          for (const queueState of QUEUE_STATES) {
            const states = { ended, direction, callState, queueState };
            expect(getPhase(states), JSON.stringify(states)).toBe(firstMatch(states));
          }
        }
      }
    }
  });

  test('has a place in the order of a list', () => {
    expect(new Set(PHASES).size).toBe(8);
    expect(PHASES[0]).toBe('ringing');
    expect(PHASES.at(-1)).toBe('ended');
  });
});

function ring(callState: string, queueState?: string): States {
  return { callState, queueState, direction: 'Incoming' };
}

/** The table of the specification, line by line. */
function firstMatch(states: States): Phase {
  const { ended, direction, callState: call, queueState: queue } = states;
  const out = direction === 'Outgoing';
  const table: readonly (readonly [Phase, boolean])[] = [
    ['ended', ended === true],
    ['ringing', !out && (call === 'Ringing' || queue === 'Ringing')],
    ['dialing', out && call === 'Ringing'],
    ['held', call === 'Hold' || queue === 'Hold'],
    ['connected', call === 'Connected' || queue === 'Connected'],
    ['queued', queue === 'Queued'],
    ['passive', call === 'Passive'],
  ];
  return table.find(([, matches]) => matches)?.[0] ?? 'open';
}
