export function sandboxSwitches(platform?: string, user?: number): string[];
