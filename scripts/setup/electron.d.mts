export function chooseElectron(known: {
  pinnedFailedLately: boolean;
  olderPresent: boolean;
  platform: string;
  arch: string;
}): 'fetch-pinned' | 'fetch-pinned-or-older' | 'older';
export function ensureElectron(): Promise<string>;
export function ensureElectronForPackaging(): Promise<{ folder: string; isPinned: boolean }>;
