import { grains } from '../../model/grain.ts';
import { builtInPresets } from '../../read/mapping/catalogue.ts';
import { grades, type Preset } from '../../read/mapping/preset.ts';
import { grid } from '../../report/grid.ts';
import { wrap } from '../../report/wrap.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import type { Terminal } from '../terminal.ts';

/** Lists the presets from the files that a scan uses. As JSON they are as `--preset FILE` takes them. */
export async function listFormats(flags: { format: string }, terminal: Terminal): Promise<ExitCode> {
  const presets = builtInPresets();
  await terminal.result(
    flags.format === 'json' ? `${JSON.stringify(presets, null, 2)}\n` : table(presets, terminal.width),
  );
  return exitCodes.finished;
}

function table(presets: readonly Preset[], width: number): string {
  const rows = presets.map(({ name, grade, grain }) => [name, grade, grain]);
  const [head = '', ...lines] = grid(['format', 'grade', 'rows'], rows, ['left', 'left', 'left'], 2);
  const blocks = lines.flatMap((line, position) => [line, ...details(presets[position], width)]);
  return `${[head, '', ...blocks, ...legend(width)].join('\n')}\n`;
}

function details(preset: Preset | undefined, width: number): string[] {
  if (preset === undefined) return [];
  const choices = Object.keys(preset.account);
  const account = choices.length === 0 ? 'account: from a format beside it' : `account: ${choices.join(', ')}`;
  return [...wrap(preset.title, width, '  '), ...wrap(account, width, '  '), ''];
}

function legend(width: number): string[] {
  const entries = Object.entries({ ...grades, ...grains });
  return [
    ...wrap('The first account that a row has is taken; --account NAME takes that one only.', width, ''),
    '',
    ...entries.flatMap(([word, meaning]) => wrap(`${word.padEnd(14)}${meaning}`, width, '', ' '.repeat(14))),
  ];
}
