export interface Count {
  passed: number;
  failed: number;
  skipped: number;
  failures: readonly string[];
}
export interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: readonly {
    name: string;
    status: string;
    assertionResults: readonly {
      status: string;
      fullName: string;
      failureMessages?: readonly string[];
    }[];
  }[];
}
export interface PlaywrightSuite {
  title: string;
  suites?: readonly PlaywrightSuite[];
  specs: readonly { title: string; ok: boolean; file: string; line: number }[];
}
export interface PlaywrightReport {
  errors: readonly unknown[];
  suites: readonly PlaywrightSuite[];
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
}
export function countCheck(code: number): Count;
export function countVitest(report: VitestReport | undefined, code: number): Count;
export function countPlaywright(report: PlaywrightReport | undefined, code: number): Count;
export function sum(counts: readonly Count[]): Count;
export function summary(count: Count): string;
export function inWords(count: Count): string;
