export function missingLibraries(output: string): string[];
export function unknownLibraries(output: string, wanted: readonly string[]): string[];
export function ensureLibraries(
  executable: string,
  options?: { display?: boolean; session?: boolean; tests?: boolean },
): Promise<void>;
