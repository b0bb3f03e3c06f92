import { expect, test } from 'vitest';
import { findProxyCredentials } from '../../../src/main/accounts/proxy-credentials';

const PROXY = { host: 'proxy.example', port: 8080 };

test.each([
  [{ https_proxy: 'http://maya:secret@proxy.example:8080' }, ['maya', 'secret']],
  [{ HTTPS_PROXY: 'http://maya:secret@proxy.example:8080/' }, ['maya', 'secret']],
  [{ http_proxy: 'maya:secret@proxy.example:8080' }, ['maya', 'secret']],
  [{ all_proxy: 'HTTP://maya:secret@PROXY.example:8080' }, ['maya', 'secret']],
  [{ https_proxy: 'http://OFFICE%5Cmaya:a%40b%3Ac@proxy.example:8080' }, ['OFFICE\\maya', 'a@b:c']],
  [{ https_proxy: 'http://maya:100%@proxy.example:8080' }, ['maya', '100%']],
  [{ https_proxy: 'http://maya@proxy.example:8080' }, ['maya', '']],
  [{ https_proxy: 'http://maya:a#b@proxy.example:8080' }, ['maya', 'a#b']],
  [{ https_proxy: 'maya:a/b?c@proxy.example:8080' }, ['maya', 'a/b?c']],
  [{ https_proxy: 'http://maya:a@b@proxy.example:8080' }, ['maya', 'a@b']],
  [{ https_proxy: 'http://OFFICE\\maya:secret@proxy.example:8080' }, ['OFFICE\\maya', 'secret']],
  [{ https_proxy: ' http://maya:secret@proxy.example.:8080/\n' }, ['maya', 'secret']],
  [{ https_proxy: 'http://j%C3%B6rg:p%E4ss@proxy.example:8080' }, ['jörg', 'p%E4ss']],
  [
    { https_proxy: 'http://proxy.example:8080', http_proxy: 'http://maya:x@proxy.example:8080' },
    ['maya', 'x'],
  ],
])('finds the credentials in %o', (env, credentials) => {
  expect(findProxyCredentials(PROXY, env)).toEqual(credentials);
});

test.each([
  {},
  { https_proxy: '' },
  { https_proxy: 'http://proxy.example:8080' },
  { https_proxy: 'http://maya:secret@other.example:8080' },
  { https_proxy: 'http://maya:secret@proxy.example:3128' },
  { https_proxy: 'http://maya:secret@proxy.example' },
  { https_proxy: 'nonsense://' },
])('finds none for this proxy in %o', (env) => {
  expect(findProxyCredentials(PROXY, env)).toBeUndefined();
});

test.each([
  ['http://maya:secret@proxy.example', 80],
  ['https://maya:secret@proxy.example', 443],
])('uses the default port of %s', (value, port) => {
  expect(findProxyCredentials({ ...PROXY, port }, { https_proxy: value })).toBeDefined();
});

test.each(['2001:db8::1', '[2001:db8::1]'])('finds them for the IPv6 address %s', (host) => {
  const env = { https_proxy: 'http://maya:secret@[2001:db8::1]:8080' };
  expect(findProxyCredentials({ host, port: 8080 }, env)).toEqual(['maya', 'secret']);
});
