import { identifier, join, type Sql, sql } from '../../engine/sql.ts';
import { pick, uniform } from '../draw.ts';
import { isRepeat, isStock, productKey } from '../request.ts';
import type { World } from '../world.ts';
import { partCount, slotCount } from './lexicon.ts';
import { campaignVoices } from './voices.ts';

const parts = Array.from({ length: partCount }, (_, position) => position);

/** What stock questions are asked in: people of all countries share them. */
const sharedLanguages = ['en', 'en', 'en', 'en', 'en', 'en', 'zh', 'es', 'de', 'pt', 'fr', 'ru', 'ko', 'hi'];

/** What the templates of campaigns are written in. */
const campaignLanguages = ['en', 'en', 'en', 'en', 'en', 'en', 'en', 'zh', 'zh', 'ru', 'ko', 'es'];

/** Stock questions that come in one wording, as those of a benchmark do. */
const fixedStock = sql`('benchmark', 'exercise')`;

const isCampaign = (voice: Sql): Sql => sql`${voice} IN (${join(campaignVoices.map((name) => sql`${name}`))})`;

/** A choice of `size` by a key, independent for each name or number. */
const choice = (key: Sql, name: Sql, size: Sql): Sql => sql`(hash(hash(${key}, ${name})) % ${size})::INTEGER`;

/**
 * Calls with `prompt_text` and `system_prompt_text` beside their keys, and `script`, the number of the script that the
 * prompt is written by. The same key gives the same text, so texts repeat where hashes would.
 */
export function withTexts(world: World, calls: Sql): Sql {
  const places = [
    ...parts.map((part) => place('prompt', part, sql`prompt_scripts`, sql`${part + 1}`, sql`wording`)),
    ...parts.map((part) => systemPlace(part)),
    place('salt', 0, sql`salt_scripts`, sql`1`, sql`system_prompt`),
  ];
  return sql`
    (WITH begun AS (SELECT *, ${join(origin)} FROM (${calls})),
      spoken AS (SELECT *, ${join(voiced(world))} FROM begun),
      scripted AS (
        SELECT s.*, v.tasks[1 + ${choice(sql`s.group_key`, sql`'group'`, sql`v.groups`)} * v.tasks_of_group::INTEGER
            + ${choice(sql`s.prompt`, sql`'task'`, sql`v.tasks_of_group`)}] AS script,
          w.systems[1 + ${choice(sql`s.system_base`, sql`'group'`, sql`w.groups`)}] AS system_script,
          CASE WHEN v.interests > 0 AND NOT from_stock AND NOT from_repeat THEN ${interest} ELSE prompt END AS subject_key
        FROM spoken s JOIN voices v ON v.voice = s.prompt_voice AND v.language = s.prompt_language
          JOIN voices w ON w.voice = s.standing_voice AND w.language = s.system_language),
      formed AS (
        SELECT s.*, ${join(places)}
        FROM scripted s JOIN scripts prompt_scripts ON prompt_scripts.script = s.script
          JOIN scripts system_scripts ON system_scripts.script = s.system_script
          JOIN scripts salt_scripts ON salt_scripts.script = 0)
    SELECT *, ${promptText} AS prompt_text
    FROM (SELECT *, ${promptBody} AS prompt_body, ${systemText} AS system_prompt_text FROM formed, lexicon))`;
}

/** Where a prompt comes from, and which of its author's templates it goes with whenever it is sent. */
const origin: readonly Sql[] = [
  sql`${isStock} AS from_stock`,
  sql`NOT from_stock AND ${isRepeat} AS from_repeat`,
  sql`CASE WHEN from_repeat THEN hash(author, (prompt % template_own::UBIGINT)::INTEGER) % template_count::UBIGINT
    ELSE template_number::UBIGINT END AS prompt_template_number`,
];

/** Who speaks in which language, and the keys that choose wordings. */
function voiced(world: World): Sql[] {
  const variant = sql`(prompt % variants::UBIGINT)`;
  const framed = sql`hash(prompt, 'framed') % 1000 < 1000 * frame_share`;
  return [
    sql`CASE WHEN from_stock THEN stock_voice ELSE voice END AS prompt_voice`,
    sql`CASE WHEN from_stock THEN stock WHEN template IS NULL THEN hash(author, 'text') WHEN voice = 'product' THEN template
      ELSE hash(template, prompt_template_number) END AS group_key`,
    sql`CASE WHEN from_stock THEN ${pick(uniform(sql`prompt`, sql`'language'`), sharedLanguages)}
      WHEN ${isCampaign(sql`voice`)} THEN ${pick(uniform(sql`group_key`, variant, sql`'language'`), campaignLanguages)}
      ELSE language END AS prompt_language`,
    sql`CASE WHEN from_stock AND stock_voice IN ${fixedStock} THEN stock WHEN NOT from_stock AND ${framed}
      THEN hash(group_key, ${variant}, prompt % frame_count::UBIGINT) ELSE prompt END AS wording`,
    sql`CASE WHEN disguise IS NOT NULL THEN 'product' ELSE coalesce(system_voice, voice) END AS standing_voice`,
    sql`CASE WHEN disguise IS NOT NULL THEN ${productKey(world, 'product')} WHEN standing_voice = 'product' THEN template
      ELSE hash(template, template_number::UBIGINT) END AS system_base`,
    sql`CASE WHEN standing_voice = 'product' THEN system_base ELSE hash(system_base, ${variant}) END AS system_wording`,
    sql`CASE WHEN ${isCampaign(sql`standing_voice`)} THEN ${pick(uniform(sql`system_base`, variant, sql`'language'`), campaignLanguages)}
      WHEN standing_voice IN ('person', 'application') THEN language ELSE 'en' END AS system_language`,
    sql`salted AND disguise IS NULL AS is_salted`,
    sql`CASE WHEN is_salted THEN system_prompt ELSE system_base END AS name_key`,
  ];
}

/** People come back to a few subjects, to some more than to others, and stay with one for a sitting. */
const interest = sql`
  hash(s.author, 'interest', floor(v.interests * pow(${uniform(sql`s.day_h`, sql`s.call // 5`, sql`'subject'`)}, 2))::INTEGER)`;

/** Place in the lexicon of the wording of one part. */
function place(text: string, part: number, scripts: Sql, position: Sql, key: Sql): Sql {
  const chosen = sql`${scripts}.first[${position}] + ${choice(key, sql`${part}`, sql`${scripts}.size[${position}]`)}`;
  return sql`${chosen} AS ${identifier(`${text}_${part}`)}`;
}

/** The last part of a system prompt is its version's or salt's own; salted, those between it and the first change places. */
function systemPlace(part: number): Sql {
  const first = partCount + 1;
  const middle = partCount - 2;
  if (part === 0) return place('system', part, sql`system_scripts`, sql`${first}`, sql`system_wording`);
  if (part > middle) return place('system', part, sql`system_scripts`, sql`${first + part}`, sql`system_prompt`);
  const turn = sql`CASE WHEN is_salted THEN (system_prompt % ${middle}::UBIGINT)::INTEGER ELSE 0 END`;
  const position = sql`${first + 1} + (${part - 1} + ${turn}) % ${middle}`;
  return place('system', part, sql`system_scripts`, position, sql`system_wording`);
}

/** A part's wording with its slots filled; NULL keys fill none. */
function written(text: string, part: number, keys: readonly Sql[]): Sql[] {
  const form = identifier(`${text}_${part}`);
  const slots = Array.from({ length: slotCount }, (_, number) => {
    const slot = sql`${identifier(`slot${number}`)}[${form}]`;
    const key = sql`[${join(keys)}][1 + ((${slot} >> 14) & 3)::INTEGER]`;
    const word = choice(key, sql`${part * slotCount + number}`, sql`(${slot} & 16383::UBIGINT)`);
    return [sql`words[(${slot} >> 16)::INTEGER + ${word}]`, sql`${identifier(`text${number + 1}`)}[${form}]`];
  });
  return [sql`text0[${form}]`, ...slots.flat()];
}

const promptBody = sql`ltrim(concat(${join(parts.flatMap((part) => written('prompt', part, [sql`prompt`, sql`subject_key`, sql`group_key`])))}))`;

/** Characters that logs choke on, at the end of one prompt in two hundred. */
const oddities = [
  ' "quoted", \'single\', and a trailing comma,',
  '\tcolumn one\tcolumn two\r\nnext row;with;semicolons',
  ' 🙂🚀👩‍👩‍👧 thanks!!',
  ' \u202eright to left\u202c and مرحبا بالعالم',
  '\n=SUM(A1:A9)\n+1\n@cmd',
  ' \u001b[31mred\u001b[0m \u0007',
  '\n<script>alert("hello")</script> &amp; \\u0000 %00',
  '\u200bzero\u200bwidth\u00a0spaces\ufeff',
];

const odd = sql`CASE WHEN ${choice(sql`prompt`, sql`'odd'`, sql`200`)} = 0 THEN ${pick(uniform(sql`prompt`, sql`'oddity'`), oddities)} ELSE '' END`;

/** People type as they type. */
const promptText: Sql = sql`
  CASE WHEN prompt_voice <> 'person' THEN prompt_body ELSE
    CASE ${choice(sql`prompt`, sql`'typing'`, sql`24`)} WHEN 0 THEN lower(prompt_body) WHEN 1 THEN replace(prompt_body, '.', '')
      WHEN 2 THEN replace(replace(prompt_body, 'the ', 'teh '), 'tion', 'toin') WHEN 3 THEN replace(prompt_body, 'e ', 'e  ')
      WHEN 4 THEN replace(prompt_body, '''', '') WHEN 5 THEN upper(prompt_body) WHEN 6 THEN replace(prompt_body, 'ea', 'ae')
      ELSE prompt_body END END || ${odd}`;

const saltText = sql`concat(${join(written('salt', 0, [sql`system_prompt`, sql`system_prompt`, sql`system_prompt`]))})`;

/** The salt stands before or after the prompt. */
const salt = (turn: number): Sql =>
  sql`CASE WHEN is_salted AND ${choice(sql`system_prompt`, sql`'salt'`, sql`2`)} = ${turn} THEN ${saltText} ELSE '' END`;

const systemBody = join(
  parts.flatMap((part) =>
    written('system', part, [
      part === partCount - 1 ? sql`system_prompt` : sql`system_wording`,
      sql`system_wording`,
      sql`name_key`,
    ]),
  ),
);

const systemText: Sql = sql`
  CASE WHEN system_prompt IS NOT NULL THEN trim(concat(${salt(0)}, ' ', ${systemBody}, ' ', ${salt(1)})) END`;
