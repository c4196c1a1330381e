/** What the rows of a CSV file look like, to tell a row that a stray quote swallowed from a text of several lines. */
export interface RowShape {
  readonly delimiter: string;
  readonly columns: number;
  /** By column: the shape that its cells have, or undefined where they differ or say too little. */
  readonly shapes: readonly (string | undefined)[];
}

/** A shape of fewer runs, such as that of a number or a word, is found in any text. */
const fewestRuns = 5;

/** Learns from some rows what most of them look like. */
export function rowShapeOf(delimiter: string, columns: number, rows: readonly (readonly string[])[]): RowShape {
  const shapes = Array.from({ length: columns }, (_, column) => {
    const counts = new Map<string, number>();
    for (const row of rows) {
      const shape = shapeOf(row[column] ?? '');
      counts.set(shape, (counts.get(shape) ?? 0) + 1);
    }
    const common = [...counts].find(([, count]) => count * 2 > rows.length)?.[0] ?? '';
    return common.length >= fewestRuns ? common : undefined;
  });
  return { delimiter, columns, shapes };
}

/** Runs of digits and of letters, each as one character: `2026-02-03` is `9-9-9`. */
function shapeOf(cell: string): string {
  return cell.replace(/\d+/g, '9').replace(/\p{L}+/gu, 'a');
}

/** Whether a line is laid out as a row, as far as its raw text tells. */
export function isRowLike(line: string, { delimiter, columns, shapes }: RowShape): boolean {
  const cells = line.split(delimiter);
  if (cells.length !== columns || columns < 2) return false;
  return shapes.every((shape, column) => shape === undefined || shapeOf(bare(cells[column] ?? '')) === shape);
}

function bare(cell: string): string {
  return cell.replace(/^["']|["'\r]+$/g, '');
}

/** Whether a record that was split holds a line that is laid out as a row in one of its cells. */
export function swallowsRow(cells: readonly string[], shape: RowShape): boolean {
  return cells.some((cell, position) => {
    if (!cell.includes('\n')) return false;
    const [, ...lines] = cell.split('\n');
    const last = [lines.pop() ?? '', ...cells.slice(position + 1)].join(shape.delimiter);
    return [...lines, last].some((line) => isRowLike(line, shape));
  });
}
