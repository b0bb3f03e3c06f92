/**
 * Packs PNG pictures into a Windows icon.
 *
 * @param {{ size: number, png: Buffer }[]} pictures `size` in px, 256 at most
 * @returns {Buffer}
 */
export function ico(pictures) {
  const header = Buffer.alloc(6 + 16 * pictures.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = header.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    // One byte each for width and height, in which 256 is written as 0.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([header, ...pictures.map(({ png }) => png)]);
}

/**
 * Its entries by size in px. The oldest types for 16 and 32 px are left out: some releases of macOS
 * read them as raw pixels, and the ones for doubled screens do as well.
 */
const icnsTypes = [
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic13', 256],
  ['ic08', 256],
  ['ic14', 512],
  ['ic09', 512],
  ['ic10', 1024],
];

/**
 * Packs PNG pictures into a macOS icon.
 *
 * @param {(size: number) => Buffer} png draws the picture of that size in px
 * @returns {Buffer}
 */
export function icns(png) {
  const entries = icnsTypes.map(([type, size]) => block(type, png(size)));
  return block('icns', Buffer.concat(entries));
}

function block(type, content) {
  const header = Buffer.alloc(8, type, 'latin1');
  header.writeUInt32BE(8 + content.length, 4);
  return Buffer.concat([header, content]);
}
