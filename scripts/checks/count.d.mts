export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: readonly { status: string; assertionResults: readonly { status: string }[] }[];
}
export interface PlaywrightReport {
  errors: readonly unknown[];
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}
export function countCheck(code: number): Count;
export function countVitest(report: VitestReport | undefined, code: number): Count;
export function countPlaywright(report: PlaywrightReport | undefined, code: number): Count;
export function sum(counts: readonly Count[]): Count;
export function summary(count: Count): string;
