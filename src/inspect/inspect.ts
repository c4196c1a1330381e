import type { RunContext } from '../engine/context.ts';
import { identifier, join, sql } from '../engine/sql.ts';
import type { Calls, InputSummary, RawCalls } from '../model/calls.ts';
import { type CanonicalColumn, canonicalColumns, canonicalNames } from '../model/column.ts';
import type { InspectedColumn, InspectedDetector, InspectedFiles, Inspection } from '../model/inspection.ts';
import { groupBy } from '../util/group.ts';
import { Aliases } from './aliases.ts';

const sampleRows = 3;

/** Says what was understood of an input. `detectors` is what the link stage says of its detectors. */
export async function inspect(
  context: RunContext,
  raw: RawCalls,
  calls: Calls,
  detectors: readonly InspectedDetector[],
): Promise<Inspection> {
  const columns = await columnsOf(context, calls);
  const facts = await countFacts(context, calls, columns);
  return {
    files: describeFiles(raw, calls),
    rows: {
      read: calls.rowsRead,
      used: calls.rowsUsed,
      rejected: Object.fromEntries(calls.rejected),
      others: Object.fromEntries(calls.others),
      duplicates: Object.fromEntries(calls.duplicates),
    },
    window: facts.window,
    accounts: facts.accounts,
    columns: facts.columns,
    sample: await sample(context, calls, columns),
    detectors,
  };
}

/** Columns of the calls themselves, without those that side tables tell of accounts. */
async function columnsOf({ engine }: RunContext, { relation }: Calls): Promise<CanonicalColumn[]> {
  const { schema } = await engine.query(sql`SELECT * FROM ${identifier(relation)} LIMIT 0`);
  const names = new Set(schema.fields.map((field) => field.name));
  return canonicalNames.filter((name) => names.has(name));
}

async function countFacts(
  { engine }: RunContext,
  calls: Calls,
  columns: readonly CanonicalColumn[],
): Promise<Pick<Inspection, 'window' | 'accounts'> & { columns: InspectedColumn[] }> {
  const present = (name: CanonicalColumn) =>
    canonicalColumns[name] === 'text' ? calls.present(identifier(name)) : identifier(name);
  const counts = columns.map((name) => sql`count(${present(name)})::DOUBLE AS ${identifier(name)}`);
  const counted = await engine.query(sql`SELECT ${join(counts)} FROM ${identifier(calls.relation)}`);
  const time = (instant: string) => sql`strftime(${identifier(instant)}(timestamp), '%Y-%m-%dT%H:%M:%S.%gZ')`;
  const whole = await engine.query(sql`
    SELECT count(DISTINCT account_id)::DOUBLE AS accounts, ${time('min')} AS first, ${time('max')} AS last
    FROM ${identifier(calls.relation)}`);
  const value = (name: string) => whole.getChild(name)?.get(0) ?? null;
  const filled = (name: string) => Number(counted.getChild(name)?.get(0) ?? 0);
  return {
    accounts: Number(value('accounts') ?? 0),
    window: { from: value('first'), to: value('last') },
    columns: columns.map((name) => ({
      name,
      missing: calls.rowsUsed === 0 ? 1 : 1 - filled(name) / calls.rowsUsed,
    })),
  };
}

/** The first rows by time; the values of the rest decide where times agree. */
async function sample(
  { engine }: RunContext,
  calls: Calls,
  columns: readonly CanonicalColumn[],
): Promise<Inspection['sample']> {
  const texts = columns.map((name) => {
    const text = sql`${identifier(name)}::VARCHAR`;
    return sql`${canonicalColumns[name] === 'text' ? calls.present(text) : text} AS ${identifier(name)}`;
  });
  const rows = await engine.query(sql`
    SELECT ${join(texts)} FROM ${identifier(calls.relation)} ORDER BY ALL LIMIT ${sampleRows}`);
  const aliases = new Aliases();
  return [...rows].map((row) => {
    const cells = columns.flatMap((name): [CanonicalColumn, string][] =>
      row[name] === null ? [] : [[name, aliases.shown(name, row[name])]],
    );
    return Object.fromEntries(cells);
  });
}

function describeFiles(raw: RawCalls, calls: Calls): InspectedFiles[] {
  const described = raw.inputs.map((input) => describeFile(raw, calls, input));
  const alike = groupBy(described, ({ paths: _paths, bytes: _bytes, rows: _rows, ...same }) => JSON.stringify(same));
  return [...alike.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const rows = group.map((one) => one.rows);
    return {
      ...first,
      paths: group.flatMap(({ paths }) => paths),
      bytes: group.reduce((sum, { bytes }) => sum + bytes, 0),
      rows: rows.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0),
    };
  });
}

function describeFile(raw: RawCalls, calls: Calls, input: InputSummary): InspectedFiles {
  const format = raw.formats.get(input.realPath);
  const origins = raw.origins.get(input.realPath) ?? new Map<CanonicalColumn, string>();
  return {
    paths: [input.path],
    container: input.format,
    compression: input.sampled?.compression ?? input.compression,
    preset: format?.preset ?? null,
    confidence: format?.confidence ?? null,
    grain: format?.grain ?? 'request',
    bytes: input.bytes,
    times: calls.timeKinds.get(input.realPath) ?? null,
    sampled: input.sampled?.part ?? null,
    rows: input.sampled === undefined ? (calls.rowsByFile.get(input.realPath) ?? 0) : (input.sampled.rows ?? null),
    mapping: Object.fromEntries(
      canonicalNames.flatMap((name) => {
        const origin = origins.get(name);
        return origin === undefined ? [] : [[name, origin]];
      }),
    ),
  };
}
