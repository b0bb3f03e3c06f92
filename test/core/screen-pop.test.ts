import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { validateTemplate, PLACEHOLDERS, buildScreenPopUrl } from '../../src/core/screen-pop';

describe('validateTemplate', () => {
  test.each([
    'https://crm.example/',
    'https://crm.example/search?q={number}',
    'https://crm.example/{customerId}/calls#{sessionId}',
    `https://crm.example/?${Object.keys(PLACEHOLDERS)
      .map((name) => `${name}={${name}}`)
      .join('&')}`,
  ])('accepts %s', (template) => {
    expect(validateTemplate(template)).toBeUndefined();
  });

  test.each([
    ['', { kind: 'no-url' }],
    ['crm.example/{number}', { kind: 'no-url' }],
    ['http://crm.example/{number}', { kind: 'not-https' }],
    ['javascript:alert({number})', { kind: 'not-https' }],
    ['file:///etc/{name}', { kind: 'not-https' }],
    ['https://me:secret@crm.example/', { kind: 'not-https' }],
    ['https://crm.example/{phone}', { kind: 'unknown-placeholder', name: 'phone' }],
    ['https://crm.example/{}', { kind: 'unknown-placeholder', name: '' }],
    ['https://crm.example/{toString}', { kind: 'unknown-placeholder', name: 'toString' }],
    ['https://crm.example/{ number }', { kind: 'unknown-placeholder', name: ' number ' }],
    ['https://{customer}.example/', { kind: 'placeholder-in-host' }],
    ['https:/{name}/', { kind: 'placeholder-in-host' }],
    ['https://{name}', { kind: 'placeholder-in-host' }],
    ['{name}://crm.example/', { kind: 'not-https' }],
    ['https://crm.example:{number}/', { kind: 'no-url' }],
    ['https://{name}@crm.example/', { kind: 'not-https' }],
  ])('rejects %j', (template, fault) => {
    expect(validateTemplate(template)).toEqual(fault);
  });
});

describe('buildScreenPopUrl', () => {
  const template = 'https://crm.example/calls/{name}?n={number}&n={number}#{customer}';

  test('replaces each placeholder with its encoded value', () => {
    const values = { number: '+1 202&x=1', name: 'Grace "G/H" Hopper', customer: 'Ä & Ö' };
    expect(buildScreenPopUrl(template, values)).toBe(
      'https://crm.example/calls/Grace%20%22G%2FH%22%20Hopper?n=%2B1%20202%26x%3D1&n=%2B1%20202%26x%3D1#%C3%84%20%26%20%C3%96',
    );
  });

  test('leaves unknown values empty', () => {
    expect(buildScreenPopUrl(template, { name: undefined })).toBe(
      'https://crm.example/calls/?n=&n=#',
    );
  });

  test('returns nothing for an invalid template', () => {
    expect(buildScreenPopUrl('http://crm.example/{name}', { name: 'Grace' })).toBeUndefined();
  });

  test('does not replace placeholders within a value', () => {
    expect(buildScreenPopUrl('https://crm.example/?q={name}', { name: '{number}$&' })).toBe(
      'https://crm.example/?q=%7Bnumber%7D%24%26',
    );
  });

  test.each(['..', '.', '%2e%2e', '/../..', '\\..\\', '?', '#', '@evil.example', '\ud800'])(
    'keeps a caller named %j within its path segment',
    (name) => {
      const url = buildScreenPopUrl('https://crm.example/a/{name}/edit', { name });
      if (url !== undefined) expect(url).toMatch(/^https:\/\/crm\.example\/a\/[^/?#]*\/edit$/);
    },
  );

  test('never changes the host, the path, or the query keys for any caller', () => {
    const text = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(text, text, (name, number) => {
        const url = buildScreenPopUrl('https://crm.example/a/{name}/b?q={number}', {
          name,
          number,
        });
        if (url === undefined) return;
        const { origin, pathname, searchParams } = new URL(url);
        expect(origin).toBe('https://crm.example');
        expect(pathname).toMatch(/^\/a\/[^/]*\/b$/);
        expect([...searchParams.keys()]).toEqual(['q']);
      }),
    );
  });
});
