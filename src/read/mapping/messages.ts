import { join, type Sql, sql } from '../../engine/sql.ts';
import { asJson, asText, textValue, type Value } from './path.ts';

/** What is read of a message; as one type, so that the engine takes a conversation apart once, however often it is asked. */
const shape = '[{"role":"VARCHAR","content":"VARCHAR","parts":"VARCHAR","text":"VARCHAR"}]';

/**
 * The texts of a conversation whose speaker is among the roles (or not), one under another; a message may be text or parts.
 * What is no list of messages counts as said by nobody in particular.
 */
export function messages(from: Value, roles: readonly string[], isAmong: Sql): Value {
  const given = asJson(from);
  const list = sql`coalesce(from_json(${given}, ${shape}), from_json(json_extract(${given}, '$.messages'), ${shape}))`;
  const names = join(roles.map((role) => sql`${role}`));
  const chosen = sql`list_filter(${list}, lambda m: coalesce(m.role, '') ${isAmong} (${names}))`;
  const texts = sql`list_transform(${chosen}, lambda m: ${textOf(sql`m`)})`;
  const whole = isAmong.text === 'IN' ? sql`NULL` : asText(from);
  return textValue(sql`
    CASE WHEN ${list} IS NULL THEN ${whole} ELSE nullif(array_to_string(${texts}, chr(10)), '') END`);
}

/** Providers write a message as a text, as a list of parts in place of it, or as parts beside it. */
function textOf(message: Sql): Sql {
  return sql`CASE
    WHEN starts_with(${message}.content, '[') THEN ${inParts(sql`${message}.content`)}
    WHEN ${message}.parts IS NOT NULL THEN ${inParts(sql`${message}.parts`)}
    ELSE coalesce(${message}.content, ${message}.text) END`;
}

function inParts(parts: Sql): Sql {
  const named = ['text', 'content'].map(
    (name) =>
      sql`nullif(array_to_string(json_extract_string(try_cast(${parts} AS JSON), ${`$[*].${name}`}), chr(10)), '')`,
  );
  return sql`coalesce(${join(named)}, ${parts})`;
}
