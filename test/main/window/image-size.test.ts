import { expect, test } from 'vitest';
import fc from 'fast-check';
import { getImageSize } from '../../../src/main/window/image-size';

const SIZE = { width: 300, height: 200 };
const ascii = (text: string): readonly number[] => [...Buffer.from(text, 'latin1')];

test.each<[string, readonly number[]]>([
  ['PNG', [...ascii('\x89PNG\r\n\x1a\n'), ...ascii('\0\0\0\rIHDR'), 0, 0, 1, 44, 0, 0, 0, 200]],
  ['GIF', [...ascii('GIF89a'), 44, 1, 200, 0, 0, 0, 0, ...ascii(',\0\0\0\0\x01\0\x01\0')]],
  [
    'GIF whose first frame is larger',
    [
      ...ascii('GIF89a\x01\0\x01\0'),
      ...[0x80, 0, 0, 1, 2, 3, 4, 5, 6],
      ...ascii('!\xfe\x03abc\x01d\0'),
      ...[0x2c, 4, 0, 0, 0, 40, 1, 200, 0],
    ],
  ],
  [
    'lossy WebP',
    [...ascii('RIFF\0\0\0\0WEBPVP8 '), ...new Array<number>(10).fill(0), 44, 1, 200, 0],
  ],
  ['lossless WebP', [...ascii('RIFF\0\0\0\0WEBPVP8L\0\0\0\0/'), 43, 193, 49, 0]],
  ['extended WebP', [...ascii('RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0'), 43, 1, 0, 199, 0, 0]],
  ['JPEG', [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 11, 8, 0, 200, 1, 44]],
  [
    'JPEG with markers that have no length',
    [0xff, 0xd8, 0xff, 0x01, 0xff, 0xd0, 0xff, 0xc0, 0, 11, 8, 0, 200, 1, 44],
  ],
])('reads the size of a %s', (_, bytes) => {
  expect(getImageSize(Buffer.from(bytes))).toEqual(SIZE);
});

test.each([
  '',
  'picture',
  '<svg/>',
  'GIF89a\x01\0\x01\0\0\0\0;',
  '\x89PNG\r\n\x1a\n',
  '\xff\xd8',
  '\xff\xd8\xff\xda\0\x02',
])('returns no size for %j', (text) => {
  expect(getImageSize(Buffer.from(text, 'latin1'))).toBeUndefined();
});

test('never throws and always ends', () => {
  const start = fc.constantFrom('', '\xff\xd8\xff', 'GIF89a', 'RIFF\0\0\0\0WEBPVP8X');
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 60 }), (text, bytes) => {
      getImageSize(Buffer.concat([Buffer.from(text, 'latin1'), bytes]));
    }),
  );
});
