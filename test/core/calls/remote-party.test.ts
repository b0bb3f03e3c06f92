import { describe, expect, test } from 'vitest';
import { getRemoteParty, normalizeParty } from '../../../src/core/calls/call-summary';
import { createSession } from '../session-fixture';

const caller = { displayName: 'Grace Hopper', role: 'Caller' };

describe('getRemoteParty, for an incoming call,', () => {
  test('returns the caller’s name and number', () => {
    expect(getRemoteParty(createSession({ from: 'Grace Hopper', number: '+12025550147' }))).toEqual(
      {
        name: 'Grace Hopper',
        number: '+12025550147',
      },
    );
  });

  test('falls back to the display name', () => {
    expect(getRemoteParty(createSession({ wire: { displayName: 'Grace Hopper' } })).name).toBe(
      'Grace Hopper',
    );
  });

  test('falls back to the name of the calling member', () => {
    const members = [{ displayName: 'Ada Lovelace', role: 'Agent' }, caller];
    expect(getRemoteParty(createSession({ wire: { members } })).name).toBe('Grace Hopper');
  });

  test.each([
    ['the number of a text message', { fromPhoneNumber: '+12025550147' }],
    ['the number to call back', { callbackNumber: '+12025550147' }],
    ['a number in the name field', { fromName: '+12025550147' }],
  ])('falls back to %s', (_, wire) => {
    expect(getRemoteParty(createSession({ wire }))).toEqual({
      name: undefined,
      number: '+12025550147',
    });
  });

  test.each([
    ['sip:+12025550147@pbx.example;user=phone', '+12025550147'],
    ['SIPS:+12025550147@pbx.example', '+12025550147'],
    ['tel:+1-202-555-0147', '+1-202-555-0147'],
    ['sip:grace@pbx.example', 'grace@pbx.example'],
    ['client:grace_hopper', 'grace_hopper'],
    ['sip:1001@10.0.0.7:5060?x=1', '1001'],
    ['+12025550147', '+12025550147'],
    ['sip:12@pbx.example', '12'],
    ['sip:*97@pbx.example', '*97'],
    ['"Grace" <sip:+12025550147@pbx.example>;tag=1', '+12025550147'],
    ['tel:+1-415-555-0100;ext=12', '+1-415-555-0100;ext=12'],
    ['sip:+14155550100;ext=12@pbx.example;user=phone', '+14155550100;ext=12'],
    ['sip:%2B14155550100%3Bext%3D12@pbx.example', '+14155550100;ext=12'],
    ['+14155550100;isub=1;ext=1-2;phone-context=x', '+14155550100;ext=12'],
    ['+14155550100 ext. 12', '+14155550100 ext. 12'],
    ['+14155550100;ext=', '+14155550100'],
  ])('reads the address %s as %s', (address, number) => {
    expect(getRemoteParty(createSession({ number: address })).number).toBe(number);
  });

  test.each(['sip:', 'tel: ', 'sip:;x=1'])(
    'uses the next number if the address is %j',
    (address) => {
      const wire = { fromPhoneNumber: '+12025550147' };
      expect(getRemoteParty(createSession({ number: address, wire })).number).toBe('+12025550147');
    },
  );

  test.each(['+1 (202) 555-0147', '(202) 555-0147', '2025550147', '+12025550147'])(
    'drops a name that repeats the number: %s',
    (from) => {
      const party = getRemoteParty(createSession({ from, number: '+12025550147' }));
      expect(party).toEqual({ name: undefined, number: '+12025550147' });
    },
  );

  test('takes the extension from a name that repeats the number', () => {
    const party = getRemoteParty(
      createSession({ from: '(415) 555-0100 x12', number: '+14155550100' }),
    );
    expect(party).toEqual({ name: undefined, number: '+14155550100;ext=12' });
  });

  test('keeps a name that is a different number', () => {
    expect(getRemoteParty(createSession({ from: '101', number: '+12025550101' })).name).toBe('101');
  });

  test('prefers a display name to a name that repeats the number', () => {
    const wire = { displayName: 'Grace Hopper' };
    const party = getRemoteParty(
      createSession({ from: '+12025550147', number: '+12025550147', wire }),
    );
    expect(party.name).toBe('Grace Hopper');
  });

  test('returns neither name nor number for a bare session', () => {
    expect(getRemoteParty(createSession({}))).toEqual({ name: undefined, number: undefined });
  });
});

describe('getRemoteParty, for a placeholder number,', () => {
  test.each([
    '+266696687',
    '266696687',
    '+1266696687',
    '+7378742833',
    '+17378742833',
    '+7378742883',
    '+2562533',
    'anonymous',
    'Anonymous',
    'RESTRICTED',
    'Private Number',
    'Caller-ID blocked',
    'Withheld',
    'P',
    'sip:anonymous@anonymous.invalid',
    'sip:anonymous@sip.example.com;transport=tls',
    'sip:restricted@10.0.0.1',
    'sip:xyz@anonymous.invalid',
    '"Anonymous" <sip:anonymous@anonymous.invalid>',
    '"Anonymous" <sip:c8oqz84zk7z@privacy.org>;tag=hyh8',
    '非通知設定',
    'Nummer unterdrückt',
    'Numéro masqué',
    '非通知',
    'NoCallerID',
    'Private Caller ID',
    'Rufnummer unterdrückt',
    'Nummer unterdrueckt',
    'Llamada privada',
    'Chamada anônima',
    'Numero anonimo',
    'Anonieme beller',
    'Hemligt nummer',
    'numer zastrzeżony',
    'Скрытый номер',
    '匿名',
    '+1 (737) 874-2833',
    'sips:anonymous@anonymous.invalid:5061;user=phone',
  ])('reports %s as withheld', (number) => {
    expect(getRemoteParty(createSession({ number }))).toEqual({
      number: undefined,
      isWithheld: true,
    });
  });

  test('keeps a number whose name is withheld', () => {
    const number = '"Anonymous" <sip:+12025550147@gateway.example>';
    expect(getRemoteParty(createSession({ number }))).toMatchObject({ number: '+12025550147' });
  });

  test.each([
    'Coin line/payphone',
    'N/A',
    '+86282452253',
    '86282452253',
    '+8656696',
    '+464',
    'unavailable',
    'Unknown',
    'Unknown Number',
    'out-of-area',
    'O',
    '0000000000',
    '+10000000000',
    'sip:unavailable@unknown.invalid',
    'sip:unknown@sip.example.com',
    '表示圏外',
    '-',
    '???',
    '+',
    '+0',
    '+00000',
    '(null)',
    'undefined',
    'Not Provided',
    'Caller ID Unavailable',
    'asterisk',
    'Unbekannte Rufnummer',
    'Número desconocido',
    'Numéro inconnu',
    'رقم غير معروف',
  ])('reports %s as unknown', (number) => {
    expect(getRemoteParty(createSession({ number }))).toEqual({
      name: undefined,
      number: undefined,
    });
  });

  test.each([
    '464',
    '000',
    '0000',
    'Na',
    'Asterisk Bar',
    '+4980000000000',
    '+12666966870',
    'Anonymous Ltd',
    'Private Dining',
    'p@pbx.example',
    'anonymous.coward@example.com',
  ])('keeps %s, which only resembles one', (number) => {
    expect(getRemoteParty(createSession({ number })).number).toBe(number);
  });

  test('uses another number of the session', () => {
    const wire = { callbackNumber: '+12025550147' };
    expect(getRemoteParty(createSession({ number: 'anonymous', wire }))).toEqual({
      name: undefined,
      number: '+12025550147',
    });
  });

  test('keeps the caller’s name', () => {
    expect(getRemoteParty(createSession({ from: 'Grace Hopper', number: '+266696687' }))).toEqual({
      name: 'Grace Hopper',
      number: undefined,
      isWithheld: true,
    });
  });

  test.each(['Anonymous', 'Unknown', '+266696687', 'Out of area'])('drops the name %s', (from) => {
    expect(getRemoteParty(createSession({ from, number: '+12025550147' }))).toEqual({
      name: undefined,
      number: '+12025550147',
    });
    expect(getRemoteParty(createSession({ from })).name).toBeUndefined();
  });
});

describe('normalizeParty', () => {
  test('removes a placeholder number that an older version saved', () => {
    const stored = { name: undefined, number: '+266696687' };
    expect(normalizeParty(stored)).toEqual({ isWithheld: true });
    expect(normalizeParty(normalizeParty(stored))).toEqual({ isWithheld: true });
  });
});

describe('getRemoteParty, for an outgoing call,', () => {
  test('returns the called party, not the user', () => {
    const session = createSession({
      outgoing: true,
      from: 'Ada Lovelace',
      number: '+12025550100',
      wire: { toAddress: 'tel:+12025550147', displayName: 'Grace Hopper' },
    });
    expect(getRemoteParty(session)).toEqual({ name: 'Grace Hopper', number: '+12025550147' });
  });

  test('falls back to the dialed number', () => {
    const session = createSession({ outgoing: true, wire: { destination: '555-0147' } });
    expect(getRemoteParty(session).number).toBe('555-0147');
  });
});
