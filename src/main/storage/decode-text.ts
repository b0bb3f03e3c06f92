/**
 * Decodes a text file that an administrator may have written with Notepad or PowerShell: UTF-8, or
 * UTF-16 if it begins with its byte order mark. Byte order marks are removed.
 */
export function decodeText(bytes: Buffer): string {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le').decode(bytes);
  if (mark === 'feff') return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}
