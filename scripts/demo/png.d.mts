export interface Picture {
  width: number;
  height: number;
  pixels: Buffer;
}
export function encodePng(picture: Picture): Buffer;
