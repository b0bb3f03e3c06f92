export function verifyIntegrity(file: string, expected: string): Promise<void>;
