import { describe, expect, test } from 'vitest';
import { formatCustomerPath, getCallContext } from '../../../src/core/calls/call-summary';
import { createSession } from '../session-fixture';

const crumbs = [
  { id: 'C-1', name: 'Northside Group' },
  { id: 'C-2', name: 'Bright Dental' },
];

describe('getCallContext', () => {
  test('returns the customer, its path, and the endpoint', () => {
    const wire = { customerBreadcrumb: crumbs };
    const session = createSession({ customer: 'Bright Dental', endpoint: 'Front desk', wire });
    expect(getCallContext(session)).toEqual({
      customer: 'Bright Dental',
      customerPath: ['Northside Group', 'Bright Dental'],
      endpoint: 'Front desk',
    });
  });

  test('appends the customer to a path that lacks it', () => {
    const session = createSession({ customer: 'Reception', wire: { customerBreadcrumb: crumbs } });
    expect(getCallContext(session).customerPath).toEqual([
      'Northside Group',
      'Bright Dental',
      'Reception',
    ]);
  });

  test('uses the last customer of the path if the session names none', () => {
    const session = createSession({ wire: { customerBreadcrumb: crumbs } });
    expect(getCallContext(session).customer).toBe('Bright Dental');
  });

  test('skips path entries without a name', () => {
    const session = createSession({
      wire: { customerBreadcrumb: [{ id: 'C-1' }, crumbs[1], 7, null] },
    });
    expect(getCallContext(session).customerPath).toEqual(['Bright Dental']);
  });

  test('uses the queue if there is no endpoint', () => {
    const wire = { holdQueueName: 'Support' };
    expect(getCallContext(createSession({ wire })).endpoint).toBe('Support');
    expect(getCallContext(createSession({ wire, endpoint: 'Front desk' })).endpoint).toBe(
      'Front desk',
    );
  });

  test('returns an empty context for a bare session', () => {
    expect(getCallContext(createSession({}))).toEqual({
      customer: undefined,
      customerPath: [],
      endpoint: undefined,
    });
  });
});

describe('formatCustomerPath', () => {
  test('joins the names with an angle', () => {
    expect(formatCustomerPath(['Northside Group', 'Bright Dental'])).toBe(
      'Northside Group › Bright Dental',
    );
  });
});
