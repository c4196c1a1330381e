import { explainAccount } from '../../explain/account.ts';
import { explainCluster } from '../../explain/cluster.ts';
import { queriesOf, scriptOf } from '../../explain/queries.ts';
import { findTarget } from '../../explain/target.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { ColorChoice, Terminal } from '../terminal.ts';
import { loadRun } from './report.ts';

/** Flags of `explain`, as the command line gives them. */
export interface ExplainFlags {
  readonly sql?: boolean;
  readonly color: ColorChoice;
}

/** Explains a cluster or an account of a saved run. */
export async function explain(path: string, name: string, flags: ExplainFlags, terminal: Terminal): Promise<ExitCode> {
  const run = await loadRun(path);
  const target = findTarget(run, name);
  if (flags.sql === true) {
    await terminal.result(scriptOf(run, queriesOf(run, path, target)));
    return exitCodes.finished;
  }
  const style = { width: terminal.width, paint: terminal.paint(flags.color) };
  const lines =
    target.kind === 'cluster'
      ? explainCluster(run, target.cluster, style)
      : explainAccount(run, target.id, target.clusters, style);
  await terminal.result(`${lines.join('\n')}\n`);
  return exitCodes.finished;
}
