import { describe, expect, test } from 'vitest';
import {
  classifyNetError,
  MAX_RESPONSE_BYTES,
  REQUEST_TIMEOUT_MS,
} from '../../../src/main/accounts/http-client';

test('limits a response to 32 MiB and 15 s', () => {
  expect(MAX_RESPONSE_BYTES).toBe(32 * 1024 * 1024);
  expect(REQUEST_TIMEOUT_MS).toBe(15_000);
});

describe('classifyNetError', () => {
  test.each([
    ['net::ERR_NAME_NOT_RESOLVED', 'not-found'],
    ['net::ERR_NAME_RESOLUTION_FAILED', 'not-found'],
    ['net::ERR_INTERNET_DISCONNECTED', 'no-network'],
    ['net::ERR_NETWORK_CHANGED', 'no-network'],
    ['net::ERR_NETWORK_IO_SUSPENDED', 'no-network'],
    ['net::ERR_ADDRESS_UNREACHABLE', 'no-network'],
    ['net::ERR_CERT_AUTHORITY_INVALID', 'insecure'],
    ['net::ERR_CERT_DATE_INVALID', 'insecure'],
    ['net::ERR_CERT_COMMON_NAME_INVALID', 'insecure'],
    ['net::ERR_SSL_PROTOCOL_ERROR', 'insecure'],
    ['net::ERR_SSL_VERSION_OR_CIPHER_MISMATCH', 'insecure'],
    ['net::ERR_CONNECTION_TIMED_OUT', 'timeout'],
    ['net::ERR_TIMED_OUT', 'timeout'],
    ['net::ERR_CONNECTION_REFUSED', 'refused'],
    ['net::ERR_CONNECTION_RESET', 'refused'],
    ['net::ERR_CONNECTION_CLOSED', 'refused'],
    ['net::ERR_EMPTY_RESPONSE', 'refused'],
    ['net::ERR_SOCKET_NOT_CONNECTED', 'refused'],
    ['net::ERR_PROXY_CONNECTION_FAILED', 'proxy'],
    ['net::ERR_TUNNEL_CONNECTION_FAILED', 'proxy'],
    ['net::ERR_SOCKS_CONNECTION_FAILED', 'proxy'],
    ['net::ERR_PROXY_AUTH_UNSUPPORTED', 'proxy-sign-in'],
    ['net::ERR_UNEXPECTED_PROXY_AUTH', 'proxy-sign-in'],
    ['net::ERR_CONTENT_LENGTH_MISMATCH', 'bad-answer'],
    ['net::ERR_CONTENT_DECODING_FAILED', 'bad-answer'],
    ['net::ERR_INCOMPLETE_CHUNKED_ENCODING', 'bad-answer'],
    ['net::ERR_INVALID_CHUNKED_ENCODING', 'bad-answer'],
    ['net::ERR_INVALID_HTTP_RESPONSE', 'bad-answer'],
    ['net::ERR_HTTP2_PROTOCOL_ERROR', 'bad-answer'],
    ['net::ERR_RESPONSE_HEADERS_TOO_BIG', 'bad-answer'],
    ['net::ERR_RESPONSE_HEADERS_TRUNCATED', 'bad-answer'],
    ['net::ERR_RESPONSE_HEADERS_MULTIPLE_CONTENT_LENGTH', 'bad-answer'],
    ['net::ERR_FAILED', 'unexpected'],
  ])('classifies %s as %s', (message, kind) => {
    expect(classifyNetError(message)).toEqual({ kind, code: message.slice('net::'.length) });
  });

  test('finds the code in a longer message', () => {
    const message = "Error: net::ERR_CONNECTION_RESET (-101) loading 'https://evovoice.io/'";
    expect(classifyNetError(message)).toEqual({ kind: 'refused', code: 'ERR_CONNECTION_RESET' });
  });

  test('returns the beginning of an unknown message', () => {
    const fault = classifyNetError('x'.repeat(500));
    expect(fault).toEqual({ kind: 'unexpected', code: 'x'.repeat(80) });
  });
});
