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

describe('getPhase', () => {
  test.each<[string, States, Phase]>([
    ['an ended call that still reports ringing', { ended: true, callState: 'Ringing' }, 'ended'],
    ['a ringing call', { callState: 'Ringing', direction: 'Incoming' }, 'ringing'],
    ['a ringing queue', { queueState: 'Ringing', callState: 'Passive' }, 'ringing'],
    ['a ringing queue with a connected call', createRing('Connected', 'Ringing'), 'ringing'],
    ['a ringing call without a direction', { callState: 'Ringing' }, 'ringing'],
    [
      'a ringing call with an unknown direction',
      { ...createRing('Ringing'), direction: 'Up' },
      'ringing',
    ],
    ['an outgoing call', { callState: 'Ringing', direction: 'Outgoing' }, 'dialing'],
    [
      'an outgoing call with a ringing queue',
      { queueState: 'Ringing', direction: 'Outgoing' },
      'open',
    ],
    ['a call on hold', { callState: 'Hold' }, 'held'],
    ['a queue on hold', { queueState: 'Hold', callState: 'Connected' }, 'held'],
    ['a connected call', { callState: 'Connected' }, 'connected'],
    ['a connected queue', { queueState: 'Connected', callState: 'Passive' }, 'connected'],
    ['a call in a queue', { queueState: 'Queued', callState: 'Disconnected' }, 'queued'],
    ['a passive call in a queue', { queueState: 'Queued', callState: 'Passive' }, 'queued'],
    ['a passive call', { callState: 'Passive', queueState: 'None' }, 'passive'],
    ['a chat', { callState: 'Disconnected', queueState: 'None' }, 'open'],
    ['an unknown state', { callState: 'Levitating' }, 'open'],
    ['a session without states', {}, 'open'],
    ['a call with ended: false', { ended: false, callState: 'Hold' }, 'held'],
  ])('returns the phase of %s', (_, states, phase) => {
    expect(getPhase(states)).toBe(phase);
  });

  test('matches the specification for every combination of states', () => {
    for (const ended of [true, false, undefined]) {
      for (const direction of DIRECTIONS) {
        for (const callState of CALL_STATES) {
          for (const queueState of QUEUE_STATES) {
            const states = { ended, direction, callState, queueState };
            expect(getPhase(states), JSON.stringify(states)).toBe(getSpecifiedPhase(states));
          }
        }
      }
    }
  });
});

describe('PHASES', () => {
  test('lists every phase from ringing to ended', () => {
    expect(new Set(PHASES).size).toBe(8);
    expect(PHASES[0]).toBe('ringing');
    expect(PHASES.at(-1)).toBe('ended');
  });
});

function createRing(callState: string, queueState?: string): States {
  return { callState, queueState, direction: 'Incoming' };
}

/** Looks up the phase in the specification's table. */
function getSpecifiedPhase(states: States): Phase {
  const { ended, direction, callState: call, queueState: queue } = states;
  const isOutgoing = direction === 'Outgoing';
  const table: readonly (readonly [Phase, boolean])[] = [
    ['ended', ended === true],
    ['ringing', !isOutgoing && (call === 'Ringing' || queue === 'Ringing')],
    ['dialing', isOutgoing && call === 'Ringing'],
    ['held', call === 'Hold' || queue === 'Hold'],
    ['connected', call === 'Connected' || queue === 'Connected'],
    ['queued', queue === 'Queued'],
    ['passive', call === 'Passive'],
  ];
  return table.find(([, matches]) => matches)?.[0] ?? 'open';
}
