import { explainSettings } from '../../config/options.ts';
import { explainAccount } from '../../explain/account.ts';
import { explainCluster } from '../../explain/cluster.ts';
import { queriesOf, scriptOf } from '../../explain/queries.ts';
import { findTarget } from '../../explain/target.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { settingsOf } from '../settings.ts';
import type { Terminal } from '../terminal.ts';
import { loadRun } from './report.ts';

/** Flags of `explain`, as the command line gives them. */
export interface ExplainFlags {
  readonly sql?: boolean;
  readonly [setting: string]: unknown;
}

/** Explains a cluster or an account of a saved run. */
export async function explain(path: string, name: string, flags: ExplainFlags, terminal: Terminal): Promise<ExitCode> {
  const settings = await settingsOf(explainSettings, 'explain', flags, terminal);
  const run = await loadRun(path);
  const target = findTarget(run, name);
  if (flags.sql === true) {
    await terminal.result(scriptOf(run, queriesOf(run, path, target)));
    return exitCodes.finished;
  }
  const style = { width: terminal.width, paint: terminal.paint(settings.color), zone: settings.tz };
  const lines =
    target.kind === 'cluster'
      ? explainCluster(run, target.cluster, style)
      : explainAccount(run, target.id, target.clusters, style);
  await terminal.result(`${lines.join('\n')}\n`);
  return exitCodes.finished;
}
