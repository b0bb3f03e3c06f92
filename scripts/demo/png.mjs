import { crc32, deflateSync } from 'node:zlib';

/** @typedef {{ width: number, height: number, pixels: Buffer }} Picture `pixels`: RGB, 3 bytes each */

const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const bytesPerPixel = 3;

/**
 * @param {Picture} picture
 * @returns {Buffer} a PNG file
 */
export function encodePng({ width, height, pixels }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // 8 bits a channel, red green blue; the rest is zero: the only compression, filter and order.
  header.set([8, 2], 8);
  const line = width * bytesPerPixel;
  const lines = Buffer.alloc((line + 1) * height);
  for (let y = 0; y < height; y += 1) {
    // Each line begins with its filter: none.
    pixels.copy(lines, y * (line + 1) + 1, y * line, (y + 1) * line);
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
