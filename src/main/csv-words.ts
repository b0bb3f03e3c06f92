import { CSV_COLUMNS, type CsvColumn, type CsvWords } from '../core/log/csv';
import type { Say } from './desktop-words';

/** What the export of the call log says in the person's language. */
export function csvWords(say: Say): CsvWords {
  const columns = CSV_COLUMNS.map((column) => [column, say(`csv.columns.${column}`)] as const);
  return {
    columns: Object.fromEntries(columns) as Record<CsvColumn, string>,
    outcome: (outcome) =>
      outcome.kind === 'missed' && outcome.inferred
        ? say('csv.outcome.inferred')
        : say(`csv.outcome.${outcome.kind}`),
    direction: (direction) => say(`csv.direction.${direction}`),
  };
}
