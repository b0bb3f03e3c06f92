import { expect, test } from 'vitest';
import { decodeText } from '../../../src/main/storage/decode-text';

const TEXT = '{ "server": "https://téléphone.example" }\r\n';
const UTF16 = Buffer.from(`\uFEFF${TEXT}`, 'utf16le');

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['UTF-16, as PowerShell writes it', UTF16],
  ['big-endian UTF-16', Buffer.from(UTF16).swap16()],
  ['UTF-8 with two byte order marks', Buffer.from(`\uFEFF\uFEFF${TEXT}`)],
  ['UTF-16 with two byte order marks', Buffer.from(`\uFEFF\uFEFF${TEXT}`, 'utf16le')],
  ['UTF-32', encodeUtf32(`\uFEFF${TEXT}`)],
  ['big-endian UTF-32', encodeUtf32(`\uFEFF${TEXT}`).swap32()],
])('decodes %s', (_, bytes) => {
  expect(decodeText(bytes)).toBe(TEXT);
});

test.each([
  [],
  [0xff],
  [0xff, 0xfe],
  [0xff, 0xfe, 0x41],
  [0xc3, 0x28],
  [0xff, 0xfe, 0, 0, 0xff, 0xff, 0xff, 0xff],
  [0, 0, 0xfe, 0xff, 0x41],
])('decodes broken files without an error: %o', (...bytes) => {
  expect(typeof decodeText(Buffer.from(bytes))).toBe('string');
});

test.each(['', '\uFEFF'])('decodes a file without text: %j', (text) => {
  expect(decodeText(Buffer.from(text))).toBe('');
});

function encodeUtf32(text: string): Buffer {
  const codes = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  return Buffer.from(Uint32Array.from(codes).buffer);
}
