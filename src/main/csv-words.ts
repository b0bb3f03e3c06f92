import { CSV_COLUMNS, type CsvColumn, type CsvLabels } from '../core/log/csv';
import type { Translate } from './i18n';

/** What the export of the call log says in the person's language. */
export function csvWords(t: Translate): CsvLabels {
  const columns = CSV_COLUMNS.map((column) => [column, t(`csv.columns.${column}`)] as const);
  return {
    columns: Object.fromEntries(columns) as Record<CsvColumn, string>,
    outcome: (outcome) =>
      outcome.kind === 'missed' && outcome.isInferred
        ? t('csv.outcome.inferred')
        : t(`csv.outcome.${outcome.kind}`),
    direction: (direction) => t(`csv.direction.${direction}`),
  };
}
