import axe from 'axe-core';
import type { Page } from '@playwright/test';

/**
 * Runs axe with the rules of WCAG 2.2 AA and best practices, and returns a line for each violation
 * and for each element that axe couldn't judge.
 */
export async function findAxeViolations(page: Page): Promise<readonly string[]> {
  // Scripts evaluated by the debugger aren't subject to the page's Content-Security-Policy.
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations, incomplete } = await window.axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    });
    return [...violations, ...incomplete].flatMap(({ id, nodes }) =>
      nodes
        // Separators and arrows, in the color of the text beside them.
        .filter(({ any: [check] }) => {
          const data = check?.data as { messageKey?: string } | null | undefined;
          return data?.messageKey !== 'shortTextContent' && data?.messageKey !== 'nonBmp';
        })
        .map(
          ({ html, failureSummary, any: [check] }) =>
            `${id}: ${html.slice(0, 160)} — ${check?.message ?? failureSummary ?? ''}`,
        ),
    );
  });
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}
