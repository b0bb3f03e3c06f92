export function unzip(
  archive: string,
  folder: string,
  wanted?: (name: string) => boolean,
): Promise<void>;
