import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodePng } from '../../scripts/demo/png.mjs';
import { decodeXwd } from '../../scripts/demo/xwd.mjs';

/** A screen of 2 × 2 as an X server dumps it, with a color table of one entry and padded lines. */
function screenDump({ bigEndian = false, bitsPerPixel = 32 } = {}): Buffer {
  const header = Buffer.alloc(100 + 8);
  const fields = { 0: 108, 1: 7, 2: 2, 3: 24, 4: 2, 5: 2, 7: bigEndian ? 1 : 0, 12: 12, 19: 1 };
  for (const [index, value] of Object.entries({ ...fields, 11: bitsPerPixel })) {
    header.writeUInt32BE(value, Number(index) * 4);
  }
  const lines = [
    [0xff0000, 0x00ff00, 0],
    [0x0000ff, 0x123456, 0],
  ].map((line) => {
    const bytes = Buffer.alloc(12);
    line.forEach((pixel, x) => {
      if (bigEndian) bytes.writeUInt32BE(pixel, x * 4);
      else bytes.writeUInt32LE(pixel, x * 4);
    });
    return bytes;
  });
  return Buffer.concat([header, Buffer.alloc(12, 9), ...lines]);
}

const pixels = Buffer.from('ff000000ff000000ff123456', 'hex');

describe('the picture of the virtual screen', () => {
  it.each([false, true])('is read pixel by pixel, whatever their byte order', (bigEndian) => {
    expect(decodeXwd(screenDump({ bigEndian }))).toEqual({ width: 2, height: 2, pixels });
  });

  it('is refused when its pixels are of another kind', () => {
    expect(() => decodeXwd(screenDump({ bitsPerPixel: 16 }))).toThrow('16 bits');
  });

  it('is written as a PNG', () => {
    const png = encodePng({ width: 2, height: 2, pixels });
    expect(png.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
    const chunks = new Map<string, Buffer>();
    for (let at = 8; at < png.length;) {
      const length = png.readUInt32BE(at);
      const body = png.subarray(at + 4, at + 8 + length);
      expect(png.readUInt32BE(at + 8 + length)).toBe(crc32(body));
      chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
      at += 12 + length;
    }
    expect([...chunks.keys()]).toEqual(['IHDR', 'IDAT', 'IEND']);
    expect(chunks.get('IHDR')?.toString('hex')).toBe('00000002000000020802000000');
    const lines = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
    expect(lines.toString('hex')).toBe('00ff000000ff00000000ff123456');
  });
});
