import { describe, expect, test } from 'vitest';
import { getRemoteParty } from '../../../src/core/calls/call-summary';
import { aSession } from '../session-fixture';

const caller = { displayName: 'Grace Hopper', role: 'Caller' };

describe('the party of an incoming session', () => {
  test('is the caller, by name and number', () => {
    expect(getRemoteParty(aSession({ from: 'Grace Hopper', number: '+12025550147' }))).toEqual({
      name: 'Grace Hopper',
      number: '+12025550147',
    });
  });

  test('has the display name where there is no other', () => {
    expect(getRemoteParty(aSession({ wire: { displayName: 'Grace Hopper' } })).name).toBe(
      'Grace Hopper',
    );
  });

  test('has the name of the member who calls where the session has none', () => {
    const members = [{ displayName: 'Ada Lovelace', role: 'Agent' }, caller];
    expect(getRemoteParty(aSession({ wire: { members } })).name).toBe('Grace Hopper');
  });

  test.each([
    ['the number of a text message', { fromPhoneNumber: '+12025550147' }],
    ['the number to call back', { callbackNumber: '+12025550147' }],
    ['a number that is only in the name', { fromName: '+12025550147' }],
  ])('has %s where there is no other', (_, wire) => {
    expect(getRemoteParty(aSession({ wire }))).toEqual({ name: undefined, number: '+12025550147' });
  });

  test.each([
    ['sip:+12025550147@pbx.example;user=phone', '+12025550147'],
    ['SIPS:+12025550147@pbx.example', '+12025550147'],
    ['tel:+1-202-555-0147', '+1-202-555-0147'],
    ['sip:grace@pbx.example', 'grace@pbx.example'],
    ['client:grace_hopper', 'grace_hopper'],
    ['sip:1001@10.0.0.7:5060?x=1', '1001'],
    ['+12025550147', '+12025550147'],
    ['Anonymous', 'Anonymous'],
  ])('has the address %s as %s', (address, number) => {
    expect(getRemoteParty(aSession({ number: address })).number).toBe(number);
  });

  test.each(['sip:', 'tel: ', 'sip:;x=1'])('has no number in %j, and takes the next', (address) => {
    const wire = { fromPhoneNumber: '+12025550147' };
    expect(getRemoteParty(aSession({ number: address, wire })).number).toBe('+12025550147');
  });

  test.each(['+1 (202) 555-0147', '(202) 555-0147', '2025550147', '+12025550147'])(
    'has no name where the name is the number over again: %s',
    (from) => {
      const party = getRemoteParty(aSession({ from, number: '+12025550147' }));
      expect(party).toEqual({ name: undefined, number: '+12025550147' });
    },
  );

  test('has a name that is another number', () => {
    expect(getRemoteParty(aSession({ from: '101', number: '+12025550101' })).name).toBe('101');
  });

  test('prefers a real name to a number as a name', () => {
    const wire = { displayName: 'Grace Hopper' };
    const party = getRemoteParty(aSession({ from: '+12025550147', number: '+12025550147', wire }));
    expect(party.name).toBe('Grace Hopper');
  });

  test('may be quite unknown', () => {
    expect(getRemoteParty(aSession({}))).toEqual({ name: undefined, number: undefined });
  });
});

describe('the party of an outgoing session', () => {
  test('is the called, never oneself', () => {
    const session = aSession({
      outgoing: true,
      from: 'Ada Lovelace',
      number: '+12025550100',
      wire: { toAddress: 'tel:+12025550147', displayName: 'Grace Hopper' },
    });
    expect(getRemoteParty(session)).toEqual({ name: 'Grace Hopper', number: '+12025550147' });
  });

  test('has what was dialled where there is no address', () => {
    const session = aSession({ outgoing: true, wire: { destination: '555-0147' } });
    expect(getRemoteParty(session).number).toBe('555-0147');
  });
});
