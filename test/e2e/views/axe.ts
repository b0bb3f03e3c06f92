import axe from 'axe-core';
import type { Page } from '@playwright/test';

/** What axe finds wrong with a page, a line each; none is none. */
export async function faultsOfPage(page: Page): Promise<readonly string[]> {
  // The page's own policy admits no script but its own; a debugger's is not the page's.
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
