import { isEditable } from './keyboard';

const RINGING_ROW = 'main [data-ringing] [data-row]';
/** What the user needs first, from top to bottom. */
const STARTS = ['[data-page] h1', RINGING_ROW, 'main [role="list"]', 'main h1'];

/** Whether nothing has the focus, as after the focused element was removed. */
export function hasLostFocus(): boolean {
  return document.activeElement === null || document.activeElement === document.body;
}

/** Focuses the heading of the page, or a ringing call, or the list of calls. */
export function focusStart(): void {
  for (const selector of STARTS) {
    const element = document.querySelector<HTMLElement>(selector);
    if (element && focusElement(element)) return;
  }
}

/** Moves the focus from the bar, where Enter would leave the page, to the heading of the page. */
export function focusPageHeading(): void {
  const page = document.querySelector('[data-page]');
  const heading = page?.querySelector<HTMLElement>('h1');
  if (heading && !page?.contains(document.activeElement)) focusElement(heading);
}

/** Moves the focus from the search field to the first result. Returns whether there is one. */
export function focusFirstResult(): boolean {
  const row = document.querySelector<HTMLElement>('[role="tabpanel"] [role="listitem"] button');
  return row !== null && focusElement(row);
}

/** How long the content of a tab may take to load. */
const MAX_LOADING_MS = 2_000;

/**
 * Focuses the start of a tab that was opened by a key, so that a screen reader says where the user
 * is. The tab's content may have to be loaded first.
 */
export async function focusTabStart(): Promise<void> {
  const { activeElement } = document;
  if (activeElement instanceof HTMLElement) activeElement.blur();
  const from = performance.now();
  while (hasLostFocus() && performance.now() - from < MAX_LOADING_MS) {
    await new Promise(requestAnimationFrame);
    if (hasLostFocus()) focusStart();
  }
}

/** Focuses the start, or a ringing call, when the window gets the focus. */
export function focusOnOpen(wasHidden: boolean): void {
  if (hasLostFocus()) focusStart();
  else if (wasHidden && !isEditable(document.activeElement)) {
    document.querySelector<HTMLElement>(RINGING_ROW)?.focus({ preventScroll: true });
  }
}

/** Remembers what has the focus. Returns a function that finds it, or what took its place. */
export function rememberFocus(): () => HTMLElement | null {
  const element = document.activeElement;
  return () => {
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    if (element.isConnected) return element;
    if (element.id !== '') return document.getElementById(element.id);
    const { row } = element.dataset;
    if (row === undefined) return null;
    return (
      document.querySelector<HTMLElement>(`[data-row="${CSS.escape(row)}"]`) ??
      document.querySelector<HTMLElement>('[data-row][data-current]')
    );
  };
}

/** For `{@attach}` on a page: focuses its heading, which may appear only once its content is loaded. */
export function focusHeading(page: HTMLElement): () => void {
  let heading: HTMLElement | null = null;
  const update = (): void => {
    const found = page.querySelector('h1');
    if (!found || found === heading) return;
    heading = found;
    if (!page.contains(document.activeElement)) focusElement(found);
  };
  const observer = new MutationObserver(update);
  observer.observe(page, { childList: true, subtree: true });
  update();
  return () => {
    observer.disconnect();
  };
}

function focusElement(element: HTMLElement): boolean {
  if (!element.matches('button, [tabindex]')) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}
