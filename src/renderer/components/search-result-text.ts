import type { I18n } from '../i18n.svelte';

/** Says how much a search found; empty without a search. */
export function searchResultText(query: string, count: number, { t }: I18n): string {
  if (query === '') return '';
  return count === 0 ? t('search.nothing', { query }) : t('announcement.results', { count });
}
