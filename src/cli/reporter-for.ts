import { extname } from 'node:path';
import { reporters } from '../report/registry.ts';
import type { Reporter } from '../report/reporter.ts';
import { UsageError } from '../util/errors.ts';

/** The report format of this name. Throws `UsageError` where there is none. */
export function reporterOf(format: string): Reporter {
  const reporter = reporters.find((one) => one.format === format);
  if (reporter !== undefined) return reporter;
  throw new UsageError(`no report format ${format}`, `use one of ${reporters.map((one) => one.format).join(', ')}`);
}

/** The report format that a file name asks for by its extension. */
export function reporterFor(path: string): Reporter {
  const extension = extname(path).toLowerCase();
  const reporter = reporters.find((one) => one.extensions.includes(extension));
  if (reporter !== undefined) return reporter;
  const known = reporters.flatMap((one) => one.extensions).join(', ');
  throw new UsageError(
    `${path}: no report format for ${extension === '' ? 'a name without extension' : extension}`,
    `use one of ${known}`,
  );
}
