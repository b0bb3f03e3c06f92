export function alone<T>(file: string, what: string, work: () => Promise<T>): Promise<T>;
