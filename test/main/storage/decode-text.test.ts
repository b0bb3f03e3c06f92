import { expect, test } from 'vitest';
import { decodeText } from '../../../src/main/storage/decode-text';

const TEXT = '{ "server": "https://téléphone.example" }\r\n';
const UTF16 = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['UTF-16, as PowerShell writes it', UTF16],
  ['big-endian UTF-16', Buffer.from(UTF16).swap16()],
])('decodes %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

test.each([[], [0xff], [0xff, 0xfe], [0xff, 0xfe, 0x41], [0xc3, 0x28]])(
  'decodes broken files without an error: %o',
  (...bytes) => {
    expect(typeof decodeText(Buffer.from(bytes))).toBe('string');
  },
);
