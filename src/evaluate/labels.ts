import { z } from 'zod';
import { cellError, readRows, splitTable, type TableShape } from '../util/small-table.ts';

const row = z.object({
  account_id: z.string().min(1, 'expected an account id'),
  label: z.string(),
  kind: z.string().default(''),
  queries: z.coerce.number('expected a number').min(0, 'expected a number from 0').default(0),
});

const hint = 'labels are CSV with account_id,label[,kind,queries]';

const shape: TableShape<z.infer<typeof row>> = {
  row,
  columns: { account_id: ['account_id'], label: ['label'], kind: ['kind'], queries: ['queries'] },
  required: [['account_id'], ['label']],
  hint,
};

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
  const seen = new Set<string>();
  return readRows(splitTable(text, path, hint), shape).map(({ line, value: { account_id, label, kind, queries } }) => {
    if (seen.has(account_id)) {
      throw cellError(path, line, 'account_id', 'the account was labelled before; expected one label an account', hint);
    }
    seen.add(account_id);
    return { accountId: account_id, label, kind, queries };
  });
}
