export interface LockedPackage {
  version?: string;
  integrity?: string;
  optional?: boolean;
}
export interface Lock {
  packages?: Record<string, LockedPackage>;
}
export function packagesStamp(lock: string, installed: string): string;
export function isInstalledAsLocked(wanted: Lock, installed: Lock): boolean;
export function isUpToDate(folder: string): Promise<boolean>;
export function ensurePackages(folder?: string): Promise<void>;
