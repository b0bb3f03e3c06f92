import type { Picture } from './png.mjs';

export function decodeXwd(file: Buffer): Picture;
