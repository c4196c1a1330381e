import { missingTexts } from '../model/column.ts';
import { type Sql, sql } from './sql.ts';

const alternatives = missingTexts.map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|');

/** One automaton for all words: a list of words would become a join, and lower case or trimming a copy of every text. */
const pattern = `(?i)\\s*(?:${alternatives})\\s*`;

/** Whether a text says that there is nothing (see `missingTexts`); NULL for NULL. */
export function isMissingText(value: Sql): Sql {
  return sql`regexp_full_match(${value}, ${pattern})`;
}

/** A text, or NULL where it says that there is none. */
export function presentText(value: Sql): Sql {
  return sql`CASE WHEN ${isMissingText(value)} THEN NULL ELSE ${value} END`;
}
