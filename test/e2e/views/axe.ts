import axe from 'axe-core';
import type { Page } from '@playwright/test';

/** Runs axe on a page and returns a line for each violation. */
export async function findAxeViolations(page: Page): Promise<readonly string[]> {
  // Scripts evaluated by the debugger aren't subject to the page's Content-Security-Policy.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await window.axe.run(document);
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)} — ${node.failureSummary ?? ''}`),
    );
  });
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
