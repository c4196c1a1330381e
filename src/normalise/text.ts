import { type Sql, sql } from '../engine/sql.ts';
import { missingTexts } from '../model/column.ts';

const separator = '\u0001';
const shortTexts = missingTexts.filter((text) => text.length < 12);
const longTexts = missingTexts.filter((text) => text.length >= 12);
const longestShortText = Math.max(...shortTexts.map((text) => text.length));

/**
 * A text, or NULL where it says that there is none. Every scan of the calls passes here: most texts are done with after a
 * look at their length; the rest are searched for in one string that holds all words for nothing, since a list of words
 * would become a join.
 */
export function presentText(value: Sql): Sql {
  const words = sql`${separator + shortTexts.join(separator) + separator}`;
  const isShort = sql`strlen(${value}) <= ${longestShortText + 2}`;
  const isShortMissing = sql`contains(${words}, ${separator} || lower(trim(${value})) || ${separator})`;
  const isLongMissing = longTexts.reduce((sum, text) => sql`${sum} OR ${value} = ${text}`, sql`false`);
  return sql`CASE WHEN (${isShort} AND ${isShortMissing}) OR ${isLongMissing} THEN NULL ELSE ${value} END`;
}
