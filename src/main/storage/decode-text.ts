/** Byte order marks in hexadecimal; the one of UTF-32 begins like the one of UTF-16. */
const MARKS = [
  ['fffe0000', decodeUtf32],
  ['0000feff', (bytes: Buffer) => decodeUtf32(Buffer.from(bytes).swap32())],
  ['fffe', (bytes: Buffer) => new TextDecoder('utf-16le').decode(bytes)],
  ['feff', (bytes: Buffer) => new TextDecoder('utf-16be').decode(bytes)],
] as const;

/**
 * Decodes a text file that someone may have saved with Notepad, PowerShell, or another program:
 * UTF-8, or UTF-16 or UTF-32 if it begins with their byte order mark. Byte order marks are removed.
 */
export function decodeText(bytes: Buffer): string {
  const start = bytes.subarray(0, 4).toString('hex');
  const decode = MARKS.find(([mark]) => start.startsWith(mark) && hasWholeUnits(bytes, mark))?.[1];
  const text = decode ? decode(bytes) : new TextDecoder().decode(bytes);
  // Programs that join files add more than one.
  return text.replace(/^\uFEFF+/, '');
}

function hasWholeUnits(bytes: Buffer, mark: string): boolean {
  return mark.length < 8 || bytes.length % 4 === 0;
}

function decodeUtf32(bytes: Buffer): string {
  const isValid = (code: number): boolean => code <= 0x10ffff;
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4))
    .map((code) => String.fromCodePoint(isValid(code) ? code : 0xfffd))
    .join('');
}
