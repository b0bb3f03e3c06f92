export const projectFolder: string;
export function checkoutLock(what: string, folder?: string): string;
export function cacheFolder(
  platform?: string,
  env?: Readonly<Record<string, string | undefined>>,
  home?: string,
): string;
