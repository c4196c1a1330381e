import Table from 'cli-table3';

const borderless = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

export type Alignment = 'left' | 'right';

/**
 * Cells in aligned columns without borders and with `gap` spaces between them, line by line, the head first. Cells may
 * hold colour and line breaks.
 */
export function grid(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  alignments: readonly Alignment[],
  gap: number,
): string[] {
  const drawn = new Table({
    head: [...head],
    chars: borderless,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': gap },
    colAligns: [...alignments],
  });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}
