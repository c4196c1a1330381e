import type { RunContext } from '../../src/engine/context.ts';
import { mine } from '../../src/mine/mine.ts';
import type { Calls } from '../../src/model/calls.ts';
import { read } from '../../src/read/read.ts';
import { normaliseAll, withContext, withDirectory, writeCsv } from './world.ts';

/** Mines a log of these calls and hands the result on. */
export async function mined<Result>(
  header: readonly string[],
  rows: readonly (readonly (string | null)[])[],
  action: (context: RunContext, calls: Calls) => Promise<Result>,
): Promise<Result> {
  return withDirectory(async (directory) => {
    const quoted = rows.map((row) => row.map((cell) => (cell === null ? null : `"${cell.replaceAll('"', '""')}"`)));
    const path = writeCsv(directory, 'log.csv', header, quoted);
    return withContext({}, async (context) =>
      action(context, await mine(context, await normaliseAll(context, await read(context, [path])))),
    );
  });
}
