import { ndjsonSource } from '../../engine/duckdb/sources.ts';
import { type Container, type InputFile, ownNames, type Reader, type RowReader, sampleRows } from '../container.ts';
import { columnsOf, jsonCell, notAnObject, rejectEmpty, unpackJson } from '../json-columns.ts';
import { objectLines } from '../json-head.ts';
import { lineRows } from '../lines.ts';
import { sourceFiles } from '../source-files.ts';
import { hasByteOrderMark } from '../text-head.ts';

/** JSON objects, one a line. */
export const ndjson: Container = {
  name: 'ndjson',
  extensions: ['ndjson', 'jsonl', 'json', 'log'],
  isBinary: false,
  recognises: (head) => objectLines(head) !== undefined,
  async examine(_context, file, head) {
    const objects = objectLines(head) ?? [];
    const isMarked = hasByteOrderMark(head);
    return {
      file,
      key: isMarked ? 'byte order mark' : '',
      columnsVary: true,
      columns: columnsOf(file, objects),
      sample: objects.slice(0, sampleRows),
      reader: readerOf(file, isMarked),
    };
  },
};

/** The engine's reader takes a byte order mark for a part of the first row. */
function readerOf(file: InputFile, isMarked: boolean): Reader {
  const keys = (uses: readonly string[]) => ownNames(file, uses);
  const byRow: RowReader = {
    tableColumns: () => [jsonCell],
    rows: lineRows,
    unpack: (table, uses) => unpackJson(table, keys(uses)),
  };
  const always: Reader = {
    byRow,
    reject: (uses) => rejectEmpty(keys(uses), notAnObject),
    rejectReasons: [notAnObject, 'line too long'],
  };
  if (isMarked) return always;
  return {
    ...always,
    byEngine: { leavesOutRejects: false, rows: (files, uses) => ndjsonSource(sourceFiles(files), keys(uses)) },
  };
}
