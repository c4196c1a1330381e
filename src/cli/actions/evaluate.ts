import { evaluate } from '../../evaluate/evaluate.ts';
import { readLabels } from '../../evaluate/labels.ts';
import { renderEvaluation } from '../../evaluate/render.ts';
import type { Level } from '../../model/report.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';
import { loadRun, loadText } from './report.ts';

/** Holds a saved run against labels. */
export async function evaluateRun(
  runPath: string,
  labelPath: string,
  flags: { level: Level; json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const run = await loadRun(runPath);
  const labels = readLabels(await loadText(labelPath), labelPath);
  const evaluation = evaluate(run, labels, flags.level);
  await terminal.result(
    flags.json === true ? `${JSON.stringify(evaluation, null, 2)}\n` : renderEvaluation(evaluation),
  );
  return exitCodes.finished;
}
