import { describe, expect, test } from 'vitest';
import { formatCustomerPath, getCallContext } from '../../../src/core/calls/call-summary';
import { createSession } from '../session-fixture';

const crumbs = [
  { id: 'C-1', name: 'Northside Group' },
  { id: 'C-2', name: 'Bright Dental' },
];

describe('the place of a session', () => {
  test('is the customer under those above it, and the endpoint', () => {
    const wire = { customerBreadcrumb: crumbs };
    const session = createSession({ customer: 'Bright Dental', endpoint: 'Front desk', wire });
    expect(getCallContext(session)).toEqual({
      customer: 'Bright Dental',
      customerPath: ['Northside Group', 'Bright Dental'],
      endpoint: 'Front desk',
    });
  });

  test('ends with the customer where the path does not name it', () => {
    const session = createSession({ customer: 'Reception', wire: { customerBreadcrumb: crumbs } });
    expect(getCallContext(session).customerPath).toEqual([
      'Northside Group',
      'Bright Dental',
      'Reception',
    ]);
  });

  test('has the last of the path for a customer where there is no other', () => {
    const session = createSession({ wire: { customerBreadcrumb: crumbs } });
    expect(getCallContext(session).customer).toBe('Bright Dental');
  });

  test('leaves out steps of the path that have no name', () => {
    const session = createSession({
      wire: { customerBreadcrumb: [{ id: 'C-1' }, crumbs[1], 7, null] },
    });
    expect(getCallContext(session).customerPath).toEqual(['Bright Dental']);
  });

  test('is the queue where there is no endpoint', () => {
    const wire = { holdQueueName: 'Support' };
    expect(getCallContext(createSession({ wire })).endpoint).toBe('Support');
    expect(getCallContext(createSession({ wire, endpoint: 'Front desk' })).endpoint).toBe(
      'Front desk',
    );
  });

  test('may be nowhere', () => {
    expect(getCallContext(createSession({}))).toEqual({
      customer: undefined,
      customerPath: [],
      endpoint: undefined,
    });
  });

  test('reads as a path', () => {
    expect(formatCustomerPath(['Northside Group', 'Bright Dental'])).toBe(
      'Northside Group › Bright Dental',
    );
  });
});
