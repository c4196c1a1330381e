import { compile } from './compile.ts';
import { explode } from './explode.ts';
import { follow, type Scope } from './path.ts';
import { mappingOf, type Preset } from './preset.ts';
import { listsSeen, type SampleRow, valuesAt } from './sample.ts';

/** What is known of an input before its rows are read. */
export interface Known {
  /** Its source columns. */
  readonly scope: Scope;
  /** Some of the first rows, see `readTexts`. */
  readonly sample: readonly SampleRow[];
}

/** How well a preset fits an input. */
export interface Match {
  readonly preset: Preset;
  /** Identifying columns found; the most specific preset wins. */
  readonly specificity: number;
  /** Identifying columns and mapped columns that are there, over all that the preset knows, 0..1. */
  readonly confidence: number;
}

/**
 * The presets that an input fits, the best first. A preset fits where all its required columns are there, one of `any` if it
 * has some, and none of `absent`. Of several, the one with the most identifying columns comes first, then the one with the
 * higher confidence
 *
 *     confidence = (r + m) / (R + M)
 *
 * where R are its identifying columns and M the canonical columns it maps, of which r and m can be found in the input.
 */
export function matchPresets(input: Known, presets: readonly Preset[]): Match[] {
  return presets
    .filter((preset) => fits(input, preset))
    .map((preset) => measure(input, preset))
    .sort(
      (left, right) =>
        right.specificity - left.specificity ||
        right.confidence - left.confidence ||
        (left.preset.name < right.preset.name ? -1 : 1),
    );
}

/** Required columns that an input does not have. */
export function missingFrom(input: Known, preset: Preset): string[] {
  return preset.columns.required.filter((test) => !holds(input, preset, test));
}

function fits(input: Known, preset: Preset): boolean {
  const { any, absent } = preset.columns;
  const isThere = (test: string) => holds(input, preset, test);
  return missingFrom(input, preset).length === 0 && (any.length === 0 || any.some(isThere)) && !absent.some(isThere);
}

/** How well a preset fits, whether or not it does. */
export function measure(input: Known, preset: Preset): Match {
  const { required, any } = preset.columns;
  const found = [...required, ...any].filter((test) => holds(input, preset, test)).length;
  const { scope } = explode(input.scope, listsOf(input, preset));
  const mapping = [...mappingOf(preset, undefined).values()];
  const mapped = mapping.filter((expression) => compile(expression, scope) !== undefined).length;
  const known = required.length + any.length + mapping.length;
  return { preset, specificity: found, confidence: (found + mapped) / known };
}

/** The lists of a preset that an input has; its container may have taken others apart already. */
export function listsOf({ sample }: Known, preset: Preset): string[] {
  return listsSeen(sample, preset.explode);
}

/** Whether a test of the preset, a path or `path=value`, holds: the schema says so, or one of the sample rows does. */
function holds(input: Known, preset: Preset, test: string): boolean {
  const [path = '', wanted] = test.split('=');
  const lists = listsOf(input, preset);
  const value = follow(explode(input.scope, lists).scope, path);
  if (value === undefined) return false;
  if (value.isCertain && wanted === undefined) return true;
  const values = input.sample.flatMap((row) => valuesAt(row, path, lists));
  return values.some((one) => one !== null && (wanted === undefined || String(one) === wanted));
}
