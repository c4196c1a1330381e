import { join, type Sql, sql } from '../engine/sql.ts';
import { missingTexts } from '../model/column.ts';

const longestShortText = Math.max(...missingTexts.filter((text) => text.length < 20).map((text) => text.length));

/**
 * A text, or NULL where it says that there is none. Written as a chain of comparisons behind a test of length: a list of
 * this size would become a join, and every scan of the calls passes here.
 */
export function presentText(value: Sql): Sql {
  const short = missingTexts.filter((text) => text.length <= longestShortText);
  const long = missingTexts.filter((text) => text.length > longestShortText);
  const isShortMissing = join(
    short.map((text) => sql`lower(trim(${value})) = ${text}`),
    ' OR ',
  );
  const isLongMissing = join(
    long.map((text) => sql`${value} = ${text}`),
    ' OR ',
  );
  return sql`CASE WHEN (strlen(${value}) <= ${longestShortText + 2} AND (${isShortMissing})) OR ${isLongMissing} THEN NULL ELSE ${value} END`;
}
