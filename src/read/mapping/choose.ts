import type { RunContext } from '../../engine/context.ts';
import { InputError } from '../../util/errors.ts';
import { type Known, type Match, matchPresets, measure, missingFrom } from './match.ts';
import type { Preset } from './preset.ts';

/** Below this confidence the user is told how little of a preset an input has. */
const lowConfidence = 0.5;

/** Share of a preset's required columns from which on an input resembles it. */
const resemblance = 0.6;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/**
 * The preset to read an input with, if it fits any; says so, and says where another fits as well or the fit is poor. Of
 * presets that the user named the nearest is taken, whether or not it fits.
 */
export function choosePreset(
  { config, emit }: RunContext,
  input: Known,
  presets: readonly Preset[],
  path: string,
): Match | undefined {
  const fitting = matchPresets(input, presets);
  const isForced = config.presets.length > 0;
  const [best, next] = fitting.length === 0 && isForced ? byConfidence(input, presets) : fitting;
  if (best === undefined) return undefined;
  const { name, title } = best.preset;
  emit({ kind: 'note', text: `${path}: read as ${name} (${title}), confidence ${percent(best.confidence)}` });
  if (best.confidence < lowConfidence) {
    const text = `${path}: read as ${name}, of which it has ${percent(best.confidence)}; --preset or --map can change that`;
    emit({ kind: 'warning', text });
  }
  if (next !== undefined && next.specificity === best.specificity && next.confidence === best.confidence) {
    const text = `${path}: read as ${name}, but ${next.preset.name} fits as well; --preset says which it is`;
    emit({ kind: 'warning', text });
  }
  return best;
}

function byConfidence(input: Known, presets: readonly Preset[]): Match[] {
  return presets.map((preset) => measure(input, preset)).sort((left, right) => right.confidence - left.confidence);
}

/** Which preset an input nearly fits and what it lacks, as the beginning of a hint; nothing where there is none. */
export function resembles(input: Known, presets: readonly Preset[]): string {
  const near = presets
    .map((preset) => ({ preset, missing: missingFrom(input, preset) }))
    .map(({ preset, missing }) => ({ preset, missing, share: 1 - missing.length / preset.columns.required.length }))
    .filter(({ share }) => share >= resemblance)
    .sort((left, right) => right.share - left.share);
  const [best] = near;
  if (best === undefined) return '';
  const { preset, missing } = best;
  return `it resembles ${preset.name} without ${missing.join(', ')}: --preset ${preset.name} reads it so; or `;
}

/** Which format beside it knows the accounts of a format that may lack them, as the beginning of a hint. */
export function accountBeside({ join }: Preset): string {
  const other = join.find(({ take }) => take.includes('account_id'));
  return other === undefined ? '' : `name an export of ${other.preset} beside it, or `;
}

/** Throws `InputError` where calls cannot be read from a format alone and no other input needs it. */
export function refuseAlone(preset: Preset, used: readonly Preset[], path: string): void {
  const isNeeded = used.some(({ join }) => join.some(({ preset: name }) => name === preset.name));
  if (preset.refusal === undefined || isNeeded) return;
  throw new InputError(`${path}: ${preset.title}`, preset.refusal);
}
