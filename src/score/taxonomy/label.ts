import { join, type Sql, sql } from '../../engine/sql.ts';
import { capabilities, labels } from './registry.ts';
import { type ExtractionLabel, type Idea, patternOf } from './rules.ts';

/** Characters that are read: what is wanted stands at the head or the tail of a prompt, data in the middle. */
const headCharacters = 2_000;
const tailCharacters = 1_000;

/**
 * Adds to the rows of a query with `prompt` and `system_prompt`, either NULL, the columns `label`, the id of a way of
 * harvesting or NULL, and `capability`, an id or `other`. A label fits where one of the two texts says all that it needs and
 * neither it nor the prompt says what rules it out; of several the one that needs most counts. The capability with most signs in the prompt
 * counts, or, where that has none, in the system prompt. Then the first of the registry counts.
 */
export function labelled(prompts: Sql): Sql {
  const fitting = labels.map((label) => sql`CASE WHEN ${fits(label)} THEN ${label.needs.length} ELSE 0 END`);
  const signs = (text: Sql): Sql =>
    sql`[${join(
      capabilities.map((one) =>
        join(
          one.signs.map((sign) => sql`${says(text, sign)}::INTEGER`),
          ' + ',
        ),
      ),
    )}]`;
  return sql`
    SELECT * EXCLUDE (asked, told, fitting, signs_asked, signs_told), ${best(labels, sql`fitting`)} AS label,
      coalesce(${best(capabilities, sql`signs_asked`)}, ${best(capabilities, sql`signs_told`)}, 'other') AS capability
    FROM (SELECT *, [${join(fitting)}] AS fitting, ${signs(asked)} AS signs_asked, ${signs(told)} AS signs_told
      FROM (SELECT *, ${read(sql`prompt`)} AS asked, ${read(sql`system_prompt`)} AS told FROM (${prompts})))`;
}

const asked = sql`asked`;
const told = sql`told`;

/** The first id with the highest score above 0, or NULL. */
function best(named: readonly { readonly id: string }[], scores: Sql): Sql {
  return sql`[${join(named.map(({ id }) => sql`${id}`))}][list_position(${scores}, nullif(list_max(${scores}), 0))]`;
}

function fits(label: ExtractionLabel): Sql {
  const isSaid = sql`${saysAll(asked, label)} OR ${saysAll(told, label)} AND NOT ${ruledOut(told, label)}`;
  return sql`(${isSaid}) AND NOT ${ruledOut(asked, label)}`;
}

function ruledOut(text: Sql, { unless }: ExtractionLabel): Sql {
  return unless === undefined ? sql`false` : says(text, unless);
}

/** One after the other, so that most prompts are searched once for each label. */
function saysAll(text: Sql, { needs }: ExtractionLabel): Sql {
  return needs.reduceRight((rest, idea) => sql`CASE WHEN ${says(text, idea)} THEN ${rest} ELSE false END`, sql`true`);
}

function says(text: Sql, idea: Idea): Sql {
  return sql`regexp_matches(${text}, ${patternOf(idea)})`;
}

function read(text: Sql): Sql {
  return sql`
    lower(CASE WHEN ${text} IS NULL THEN '' WHEN length(${text}) > ${headCharacters + tailCharacters}
      THEN left(${text}, ${headCharacters}) || ' ' || right(${text}, ${tailCharacters}) ELSE ${text} END)`;
}
