import type { RunContext } from '../engine/context.ts';
import { inspect as summarise } from '../inspect/inspect.ts';
import { readiness } from '../link/link.ts';
import { canonicalNames, promptColumns } from '../model/column.ts';
import type { Inspection } from '../model/inspection.ts';
import { normalise } from '../normalise/normalise.ts';
import { read } from '../read/read.ts';

const everyColumn = new Set(canonicalNames.filter((name) => !promptColumns.includes(name)));

/** What a scan would understand of an input, from a sample of it where it is large. */
export async function inspect(context: RunContext, paths: readonly string[]): Promise<Inspection> {
  const { emit } = context;
  emit({ kind: 'stage', stage: 'read' });
  const raw = await read(context, paths, 'sample');
  emit({ kind: 'stage', stage: 'normalise' });
  const calls = await normalise(context, raw, everyColumn);
  emit({ kind: 'stage', stage: 'inspect' });
  return summarise(context, raw, calls, readiness(calls));
}
