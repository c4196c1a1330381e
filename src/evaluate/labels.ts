import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';
import { InputError } from '../util/errors.ts';

const row = z.object({
  account_id: z.string().min(1, 'an account id'),
  label: z.string(),
  kind: z.string().default(''),
  queries: z.coerce.number('a number').min(0, 'a number from 0').default(0),
});

/** What is known of one account. */
export interface Label {
  readonly accountId: string;
  /** The campaign it belongs to; empty for an honest account. */
  readonly label: string;
  /** What kind of customer it is, to say what false positives were. */
  readonly kind: string;
  /** Its number of campaign queries. */
  readonly queries: number;
}

/** Reads a label file: CSV with `account_id,label` and optionally `kind,queries`. Errors name file, line and column. */
export function readLabels(text: string, path: string): Label[] {
  const records = parseCsv(text, path);
  const seen = new Set<string>();
  return records.map(({ record, info }) => {
    const parsed = row.safeParse(record);
    if (!parsed.success) {
      const issue = parsed.error.issues[0];
      const column = String(issue?.path[0] ?? '');
      throw new InputError(
        `${path}, line ${info.lines}, column ${column}: ${issue?.message ?? 'not usable'}`,
        'labels are CSV with account_id,label[,kind,queries]',
      );
    }
    const { account_id, label, kind, queries } = parsed.data;
    if (seen.has(account_id)) {
      throw new InputError(
        `${path}, line ${info.lines}, column account_id: the account was labelled before`,
        'an account has one label',
      );
    }
    seen.add(account_id);
    return { accountId: account_id, label, kind, queries };
  });
}

interface Row {
  readonly record: unknown;
  readonly info: { readonly lines: number };
}

function parseCsv(text: string, path: string): Row[] {
  try {
    const rows: unknown = parse(text, { bom: true, columns: true, info: true, skip_empty_lines: true, trim: true });
    return rows as Row[];
  } catch (cause) {
    const line = cause instanceof CsvError ? `, line ${String(cause.lines)}` : '';
    throw new InputError(`${path}${line}: not CSV`, 'labels are CSV with account_id,label[,kind,queries]', cause);
  }
}
