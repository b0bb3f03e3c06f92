import { describe, expect, test } from 'vitest';
import { isLoopback, parseServerAddress } from '../../../src/core/api/server-address';

describe('parseServerAddress', () => {
  test.each([
    ['evovoice.io', 'https://evovoice.io'],
    ['  team.evovoice.io  ', 'https://team.evovoice.io'],
    ['EVOVOICE.IO', 'https://evovoice.io'],
    ['https://evovoice.io/', 'https://evovoice.io'],
    ['https://voice.reseller.example:8443/login?x=1#y', 'https://voice.reseller.example:8443'],
    ['voice.reseller.example:8443', 'https://voice.reseller.example:8443'],
    ['https://evovoice.io:443', 'https://evovoice.io'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['http://localhost:4000', 'http://localhost:4000'],
    ['http://127.0.0.1:4000/x', 'http://127.0.0.1:4000'],
    ['http://127.1', 'http://127.0.0.1'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
    ['localhost:4000', 'https://localhost:4000'],
  ])('reads %j as %s', (typed, origin) => {
    expect(parseServerAddress(typed)).toEqual({ ok: true, origin });
  });

  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['not an address', 'no-address'],
    ['https://', 'no-address'],
    ['javascript:alert(1)', 'no-address'],
    ['http://evovoice.io', 'not-https'],
    ['http://localhost.evil.example', 'not-https'],
    ['http://127.0.0.1.evil.example', 'not-https'],
    ['http://0.0.0.0', 'not-https'],
    ['http://10.0.0.1', 'not-https'],
    ['ftp://evovoice.io', 'not-https'],
    ['file:///etc/passwd', 'not-https'],
    ['https://me:secret@evovoice.io', 'with-password'],
    ['evovoice.io@evil.example', 'with-password'],
  ])('rejects %j as %s', (typed, problem) => {
    expect(parseServerAddress(typed)).toEqual({ ok: false, problem });
  });
});

describe('isLoopback', () => {
  test.each(['localhost', '127.0.0.1', '127.255.255.254', '[::1]'])('accepts %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  test.each(['evovoice.io', '128.0.0.1', '127.0.0', '[::2]', 'localhost.example', ''])(
    'rejects %j',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
