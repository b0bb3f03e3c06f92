/** The size of a picture in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Reads the size of a PNG, GIF, WebP, or JPEG picture; `undefined` if it's none of them. */
export function getImageSize(bytes: Buffer): ImageSize | undefined {
  try {
    const start = bytes.toString('latin1', 0, 16);
    if (start.startsWith('\x89PNG\r\n\x1a\n')) {
      return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
    }
    if (/^GIF8[79]a/.test(start)) return getGifSize(bytes);
    if (/^RIFF[^]{4}WEBP/.test(start)) return getWebpSize(bytes, start.slice(12));
    return start.startsWith('\xff\xd8') ? getJpegSize(bytes) : undefined;
  } catch {
    // The file ends too early.
    return undefined;
  }
}

/** Decoders enlarge the picture to its first frame. */
function getGifSize(bytes: Buffer): ImageSize | undefined {
  const flags = bytes.readUInt8(10);
  const colorCount = (flags & 0x80) === 0 ? 0 : 2 << (flags & 7);
  let offset = 13 + 3 * colorCount;
  // An extension: a label, and blocks of data up to an empty one.
  while (bytes[offset] === 0x21) {
    offset += 2;
    while (bytes[offset] !== 0) offset += 1 + bytes.readUInt8(offset);
    offset += 1;
  }
  if (bytes[offset] !== 0x2c) return undefined;
  const [left, top, width, height] = [1, 3, 5, 7].map((at) => bytes.readUInt16LE(offset + at));
  return {
    width: Math.max(bytes.readUInt16LE(6), (left ?? 0) + (width ?? 0)),
    height: Math.max(bytes.readUInt16LE(8), (top ?? 0) + (height ?? 0)),
  };
}

function getWebpSize(bytes: Buffer, format: string): ImageSize | undefined {
  switch (format) {
    case 'VP8 ':
      return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = bytes.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}

/** Goes from segment to segment up to the frame header. */
function getJpegSize(bytes: Buffer): ImageSize | undefined {
  let offset = 2;
  while (bytes[offset] === 0xff) {
    const marker = bytes.readUInt8(offset + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      return { width: bytes.readUInt16BE(offset + 7), height: bytes.readUInt16BE(offset + 5) };
    }
    const hasLength = marker !== 0x01 && (marker < 0xd0 || marker > 0xd9);
    // A byte of padding, a marker alone, or a segment with its length.
    if (marker === 0xff) offset += 1;
    else offset += hasLength ? 2 + bytes.readUInt16BE(offset + 2) : 2;
  }
  return undefined;
}
