import { describe, expect, test } from 'vitest';
import { popAddress } from '../../src/main/screen-pop';
import { aSession } from './builders';

const TEMPLATE = 'https://crm.example/find?q={number}&n={name}&for={customer}&s={sessionId}';

describe('a screen pop', () => {
  test('leads to the address of the call', () => {
    expect(popAddress(TEMPLATE, aSession())).toBe(
      'https://crm.example/find?q=%2B12025550147&n=Grace%20Hopper&for=Bright%20Dental&s=S-1',
    );
  });

  test('fills in every placeholder', () => {
    const template = 'https://crm.example/{customerId}/{endpoint}/{direction}/{callSid}';
    const session = aSession({ customerId: 'C-1', callSid: 'CA1' });
    expect(popAddress(template, session)).toBe('https://crm.example/C-1/Front%20desk/incoming/CA1');
  });

  test('is none where none is set up, or the template is faulty', () => {
    expect(popAddress('', aSession())).toBeUndefined();
    expect(popAddress('http://crm.example/{name}', aSession())).toBeUndefined();
    expect(popAddress('https://crm.example/{secret}', aSession())).toBeUndefined();
  });

  test.each([
    'a&b=c#d',
    '../../admin',
    '{sessionId}',
    'https://evil.example/',
    '"><script>',
    '%00\r\nX: y',
  ])('keeps the name %o a value of its own', (fromName) => {
    const address = popAddress('https://crm.example/find?n={name}', aSession({ fromName }));
    const { origin, pathname, searchParams, hash } = new URL(address ?? '');
    expect([origin, pathname, hash]).toEqual(['https://crm.example', '/find', '']);
    expect([...searchParams.keys()]).toEqual(['n']);
  });

  test('for an unknown caller is filled with nothing', () => {
    const nobody = aSession({ fromName: null, fromAddress: null });
    expect(popAddress('https://crm.example/find?n={name}', nobody)).toBe(
      'https://crm.example/find?n=',
    );
  });
});
