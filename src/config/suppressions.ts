import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { Suppression } from '../model/suppression.ts';
import { ConfigError, messageOf } from '../util/errors.ts';

const text = z.string().trim().min(1, 'expected a text');

const entry = z
  .strictObject({
    cluster: text.optional(),
    account: text.optional(),
    detector: text.optional(),
    reason: text,
    until: z.iso.date('expected a day such as 2027-01-31'),
    by: text.optional(),
  })
  .refine(
    ({ cluster, account, detector }) => [cluster, account, detector].filter((one) => one !== undefined).length === 1,
    'expected one of cluster, account and detector',
  );

const hint = 'an entry is {"cluster" or "account" or "detector": ..., "reason": ..., "until": "2027-01-31"}';

/** Reads a file of suppressions, a JSON list. Throws `ConfigError` naming the entry that cannot be used. */
export async function readSuppressions(path: string): Promise<readonly Suppression[]> {
  const content = await readFile(path, 'utf8').catch((cause) => {
    throw new ConfigError(`${path}: cannot be read (${messageOf(cause)})`, 'check the path of --suppressions', cause);
  });
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (cause) {
    throw new ConfigError(`${path}: not JSON (${messageOf(cause)})`, hint, cause);
  }
  const parsed = z.array(entry).safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const [position, ...place] = issue?.path ?? [];
  const where =
    typeof position === 'number'
      ? `entry ${position + 1}${place.map((key) => `, ${String(key)}`).join('')}`
      : 'the whole';
  throw new ConfigError(`${path}: ${where}: ${issue?.message ?? 'not usable'}`, hint);
}
