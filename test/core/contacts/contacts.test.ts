import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNumberKeys } from '../../../src/core/calls/number-key';
import {
  ContactIndex,
  decodeContacts,
  MAX_CONTACTS,
  type Contact,
} from '../../../src/core/contacts/contacts';

describe('decoding contacts', () => {
  test('reads the name, the address, and the customer', () => {
    expect(
      decodeContacts({
        contacts: [
          {
            displayName: ' Grace Hopper ',
            address: 'tel:+12025550147',
            type: 'Contact',
            customerName: 'Bright Dental',
            canCall: false,
            canChat: true,
          },
          { displayName: 'Reception', address: 'sip:300@pbx.example', type: 'Team' },
        ],
      }),
    ).toEqual([
      {
        name: 'Grace Hopper',
        address: '+12025550147',
        customer: 'Bright Dental',
        canCall: false,
      },
      { name: 'Reception', address: '300', customer: undefined, canCall: true },
    ]);
  });

  test.each([
    ['no object', 'contacts'],
    ['no list', { contacts: { 0: {} } }],
    ['another list', { sessions: [] }],
    ['a list without objects', { contacts: [1, 'two', null, []] }],
  ])('returns nothing for %s', (_, json) => {
    expect(decodeContacts(json)).toBeUndefined();
  });

  test.each([
    ['no name', { address: '+12025550147' }],
    ['no address', { displayName: 'Grace Hopper' }],
    ['a name of another type', { displayName: { text: 'Grace' }, address: '+12025550147' }],
    ['the number as its name', { displayName: '(202) 555-0147', address: '+12025550147' }],
    ['a placeholder as its name', { displayName: 'Unknown', address: '+12025550147' }],
    ['a withheld number', { displayName: 'Grace Hopper', address: 'anonymous' }],
    ['an invisible name', { displayName: '\u200b\u202e', address: '+12025550147' }],
    ['a huge name', { displayName: 'x'.repeat(5_000), address: '+12025550147' }],
    ['a huge address', { displayName: 'Grace Hopper', address: '1'.repeat(5_000) }],
  ])('skips a contact with %s', (_, contact) => {
    const good = { displayName: 'Alan Turing', address: '+12025550162' };
    expect(decodeContacts({ contacts: [contact, good, null] })).toHaveLength(1);
  });

  test('makes names and encoded addresses safe to show on a line', () => {
    const [contact] =
      decodeContacts({
        contacts: [
          {
            displayName: '<b>Grace</b>\n\u202eHopper\u0000',
            address: 'sip:%E2%80%AEgrace%0A@pbx.example',
          },
        ],
      }) ?? [];
    expect(contact).toMatchObject({
      name: '<b>Grace</b> Hopper',
      address: 'grace@pbx.example',
    });
  });

  test('cuts a long list and drops duplicates', () => {
    const contacts = Array.from({ length: MAX_CONTACTS + 5 }, (_, index) => ({
      displayName: `Contact ${index}`,
      address: `+1202${2_000_000 + index}`,
    }));
    expect(decodeContacts({ contacts })).toHaveLength(MAX_CONTACTS);
    expect(decodeContacts({ contacts: [contacts[0], contacts[0], contacts[1]] })).toHaveLength(2);
  });

  test('never throws, and returns only texts without control characters', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.string({ unit: 'binary' })), (json, texts) => {
        const contacts = [
          json,
          ...texts.map((text) => ({ displayName: text, address: `tel:${text}` })),
        ];
        for (const { name, address } of decodeContacts({ contacts }) ?? []) {
          expect(`${name}${address}`).not.toMatch(/\p{Cc}/u);
          expect(name).not.toBe('');
        }
      }),
    );
  });
});

describe('naming a number', () => {
  const index = createIndex([
    ['Grace Hopper', '+1 (202) 555-0147'],
    ['Grace at home', '+12025550147'],
    ['Alan Turing', '020 7946 0311', 'GB'],
    ['Clearwater', '+1 415-555-0100'],
    ['Maya Kent', '+1 415-555-0100 x12'],
    ['Ada', 'ada@chat.example'],
    ['Front desk', '201'],
  ]);

  test.each([
    ['+12025550147', 'Grace Hopper'],
    ['(202) 555-0147', 'Grace Hopper'],
    ['+14155550100;ext=12', 'Maya Kent'],
    ['+14155550100', 'Clearwater'],
    ['+14155550100;ext=99', 'Clearwater'],
    ['ADA@chat.example', 'Ada'],
    ['201', 'Front desk'],
  ])('%s is %s', (number, name) => {
    expect(index.findName(number)).toBe(name);
  });

  test.each([['+12025550148'], ['202'], [''], [undefined]])('%s has no name', (number) => {
    expect(index.findName(number)).toBeUndefined();
  });

  test('the name of an extension is not used for the main number', () => {
    const extension = createIndex([['Maya Kent', '+14155550100;ext=12']]);
    expect(extension.findName('+14155550100')).toBeUndefined();
    expect(extension.findName('+14155550100;ext=13')).toBeUndefined();
  });

  test('a national number is read by the region', () => {
    const contacts: readonly Contact[] = [createContact('Alan Turing', '020 7946 0311')];
    const british = new ContactIndex(contacts, createNumberKeys('GB'));
    expect(british.findName('+442079460311')).toBe('Alan Turing');
    expect(index.findName('+442079460311')).toBeUndefined();
  });
});

test('a search finds contacts by parts of the name, the number, and the customer', () => {
  const index = new ContactIndex(
    [
      { ...createContact('Renée Laurent', '+33199004417'), customer: 'Harbor Legal' },
      createContact('Grace Hopper', '+12025550147'),
    ],
    createNumberKeys('US'),
  );
  const find = (typed: string) => index.search(typed).map(({ name }) => name);
  expect(find('renee')).toEqual(['Renée Laurent']);
  expect(find('harbor laurent')).toEqual(['Renée Laurent']);
  expect(find('555-0147')).toEqual(['Grace Hopper']);
  expect(find('nobody')).toEqual([]);
  expect(index.get('+12025550147')?.name).toBe('Grace Hopper');
  expect(index.get('12025550147')).toBeUndefined();
});

function createContact(name: string, address: string): Contact {
  return { name, address, customer: undefined, canCall: true };
}

function createIndex(contacts: readonly (readonly string[])[]): ContactIndex {
  return new ContactIndex(
    contacts.map(([name = '', address = '']) => createContact(name, address)),
    createNumberKeys('US'),
  );
}
