import type { RunContext } from '../engine/context.ts';
import { csvSource } from '../engine/duckdb/sources.ts';
import type { InputFile } from './find.ts';
import { readLayout } from './header.ts';
import type { InputPart } from './read.ts';

/** Groups CSV files by layout, so that each group is one relation that the engine reads in parallel. */
export async function csvParts(context: RunContext, files: readonly InputFile[]): Promise<InputPart[]> {
  const groups = new Map<string, InputFile[]>();
  for (const file of files) {
    const layout = await readLayout(context, file);
    const key = JSON.stringify([file.compression, layout.delimiter, layout.columns]);
    groups.set(key, [...(groups.get(key) ?? []), file]);
  }
  return [...groups].map(([key, group]) => {
    const [compression, delimiter, columns]: [InputFile['compression'], string, string[]] = JSON.parse(key);
    return {
      files: group,
      source: csvSource(
        group.map((file) => file.realPath),
        compression,
        delimiter,
        columns,
      ),
      types: new Map(columns.map((column) => [column, 'VARCHAR'])),
    };
  });
}
