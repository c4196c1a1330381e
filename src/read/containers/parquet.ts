import { describeColumns, parquetSource } from '../../engine/duckdb/sources.ts';
import { identifier, sql } from '../../engine/sql.ts';
import { InputError } from '../../util/errors.ts';
import { isOurs } from '../blame.ts';
import { type Container, place, type Reader, type SampleRow, sampleRows } from '../container.ts';
import { sourceFiles } from '../source-files.ts';

const magic = Buffer.from('PAR1');

/** Apache Parquet, read by the engine. */
export const parquet: Container = {
  name: 'parquet',
  extensions: ['parquet', 'pq'],
  isBinary: true,
  recognises: (head) => head.subarray(0, magic.length).equals(magic),
  async examine({ engine }, file) {
    try {
      const source = parquetSource({ ...sourceFiles([file]), hasPartitions: false });
      const described = await engine.query(describeColumns(sql`SELECT * FROM ${source}`));
      const columns = new Map([...described].map((row): [string, string] => [row.column_name, row.column_type]));
      const rows = await engine.query(sql`SELECT to_json(row)::VARCHAR AS row FROM ${source} row LIMIT ${sampleRows}`);
      const sample = [...rows].map(({ row }): SampleRow => JSON.parse(row));
      return { file, key: JSON.stringify([...columns]), columnsVary: false, columns, sample, reader };
    } catch (cause) {
      if (isOurs(cause)) throw cause;
      throw new InputError(`${file.path}: cannot be read as Parquet`, 'it is cut or damaged; export it again', cause);
    }
  },
};

const reader: Reader = {
  byEngine: {
    leavesOutRejects: false,
    rows: (files) => parquetSource(sourceFiles(files)),
    located: (
      files,
    ) => sql`(SELECT *, filename AS ${identifier(place.path)}, file_row_number + 1 AS ${identifier(place.line)}
      FROM ${parquetSource(sourceFiles(files), true)})`,
  },
  rejectReasons: [],
};
