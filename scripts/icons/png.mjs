import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const bitsPerChannel = 8;
const trueColourWithAlpha = 6;
const bytesPerPixel = 4;

/**
 * Writes a PNG, packed as tightly as deflate can: hundreds of small icons travel with the app, and
 * the renderer's own PNGs are nearly twice as large.
 *
 * @param {{ width: number, height: number, pixels: Uint8Array }} picture its size in px; red, green,
 *   blue and alpha, the colours multiplied by alpha
 * @returns {Buffer}
 */
export function png({ width, height, pixels }) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(bitsPerChannel, 8);
  header.writeUInt8(trueColourWithAlpha, 9);
  // Each row begins with its filter; 0 is none, which suits flat shapes best.
  const stride = 1 + bytesPerPixel * width;
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      copyPixel(pixels, bytesPerPixel * (y * width + x), rows, y * stride + 1 + bytesPerPixel * x);
    }
  }
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** PNG wants colours that are not multiplied by alpha. */
function copyPixel(from, start, to, target) {
  const alpha = from[start + 3];
  if (alpha === 0) return;
  for (let channel = 0; channel < 3; channel += 1) {
    to[target + channel] = Math.min(255, Math.round((from[start + channel] * 255) / alpha));
  }
  to[target + 3] = alpha;
}

function chunk(type, content) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(content.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}
