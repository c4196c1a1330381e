import type { Engine } from '../../engine/engine.ts';
import { type Sql, sql } from '../../engine/sql.ts';
import { float64Column, int32Column } from '../../util/arrow.ts';
import { word } from './words.ts';

/** Places that words and pairs of words are hashed into (Weinberger et al., ICML 2009), and those of the shape of a text. */
const hashedFeatures = 512;
const shapes: readonly Sql[] = [
  sql`ln(1 + length(prompt)) / 10`,
  sql`length(regexp_replace(prompt, '[^0-9]', '', 'g')) / (1 + length(prompt))`,
  sql`length(regexp_replace(prompt, '[^\\p{Lu}]', '', 'g')) / (1 + length(prompt))`,
  sql`(length(prompt) - length(replace(prompt, chr(10), ''))) / (1 + length(prompt))`,
  sql`(strlen(prompt) - length(prompt)) / (1 + length(prompt))`,
];
export const featureCount = hashedFeatures + shapes.length;

/** Sparse vectors of prompts by number, one after another: that of `p` is `places[starts[p]]` up to `places[starts[p + 1]]`. */
export interface PromptFeatures {
  readonly count: number;
  readonly starts: Int32Array;
  readonly places: Int32Array;
  /** Of length 1 over the words of a prompt, with its shape beside them. */
  readonly values: Float64Array;
}

/**
 * Features of a query's prompts: columns `number`, 0 to `count` - 1, and `prompt`. Words never leave the engine: each of them
 * and each pair in a row adds 1 or -1 to one of 512 places by its hash.
 */
export async function readPromptFeatures(engine: Engine, prompts: Sql, count: number): Promise<PromptFeatures> {
  const { hash } = engine.dialect;
  const shape = shapes.map(
    (value, place) => sql`SELECT number, ${hashedFeatures + place} AS place, ${value} AS value FROM given`,
  );
  const rows = await engine.query(sql`
    WITH given AS (SELECT number, prompt FROM (${prompts})),
      split AS (SELECT number, regexp_extract_all(lower(prompt), ${word}) AS words FROM given),
      grams AS (
        SELECT number, ${hash(sql`unnest(list_distinct(list_concat(words,
          list_transform(list_zip(words[:-2], words[2:]), lambda pair: pair[1] || ' ' || pair[2]))))`)} AS gram FROM split),
      hashed AS (
        SELECT number, (gram % ${hashedFeatures})::INTEGER AS place, sum(1 - 2 * (gram // ${hashedFeatures} % 2)::INTEGER)::DOUBLE AS value
        FROM grams GROUP BY ALL HAVING value <> 0),
      scaled AS (SELECT number, place, value / sqrt(sum(value * value) OVER (PARTITION BY number)) AS value FROM hashed)
    SELECT number::INTEGER AS number, place, value::DOUBLE AS value
    FROM (SELECT * FROM scaled UNION ALL ${shape.reduce((left, right) => sql`${left} UNION ALL ${right}`)}) ORDER BY number, place`);
  const starts = new Int32Array(count + 1);
  for (const number of int32Column(rows, 'number')) starts[number + 1] = (starts[number + 1] ?? 0) + 1;
  for (let prompt = 0; prompt < count; prompt += 1)
    starts[prompt + 1] = (starts[prompt + 1] ?? 0) + (starts[prompt] ?? 0);
  return { count, starts, places: int32Column(rows, 'place'), values: float64Column(rows, 'value') };
}
