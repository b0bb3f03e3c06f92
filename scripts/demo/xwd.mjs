/** Bytes of an entry in an XWD's colour table. */
const colourSize = 12;

/**
 * Reads a picture as X servers dump them (XWD 7, true colour with 32 bits a pixel): what Xvfb
 * keeps its screen in.
 *
 * @param {Buffer} file
 * @returns {import('./png.mjs').Picture}
 */
export function decodeXwd(file) {
  const field = (/** @type {number} */ index) => file.readUInt32BE(index * 4);
  const [headerSize, version, format] = [field(0), field(1), field(2)];
  const [width, height, bitsPerPixel, bytesPerLine] = [field(4), field(5), field(11), field(12)];
  if (version !== 7 || format !== 2 || bitsPerPixel !== 32) {
    throw new Error(`this XWD (${version}, ${format}, ${bitsPerPixel} bits) is not understood`);
  }
  const isBigEndian = field(7) === 1;
  const start = headerSize + field(19) * colourSize;
  const pixels = Buffer.alloc(width * height * 3);
  for (let y = 0, to = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = start + y * bytesPerLine + x * 4;
      const pixel = isBigEndian ? file.readUInt32BE(at) : file.readUInt32LE(at);
      to = pixels.writeUIntBE(pixel & 0xffffff, to, 3);
    }
  }
  return { width, height, pixels };
}
