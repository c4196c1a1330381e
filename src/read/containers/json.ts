import { InputError } from '../../util/errors.ts';
import { type Container, ownNames, type Reader, sampleRows } from '../container.ts';
import { columnsOf, jsonCell, notAnObject, rejectEmpty, unpackJson } from '../json-columns.ts';
import { beginsAsJson } from '../json-head.ts';
import { brokenJson, documentRows, firstObjects } from '../json-rows.ts';

/**
 * JSON values laid out in any way, one or several: each object is a row, so is each item of a list, and of an object that
 * wraps rows, such as `{"Records": [...]}`, each of those.
 */
export const json: Container = {
  name: 'json',
  extensions: ['json', 'log'],
  isBinary: false,
  recognises: beginsAsJson,
  async examine(context, file) {
    const { objects, rows } = await firstObjects(context, file);
    if (rows === 0) return undefined;
    if (objects.length === 0) throw new InputError(`${file.path}: no JSON object in it`, 'rows are objects with keys');
    const reader: Reader = {
      byRow: {
        tableColumns: () => [jsonCell],
        rows: documentRows,
        unpack: (table, uses) => unpackJson(table, ownNames(file, uses)),
      },
      reject: (uses) => rejectEmpty(ownNames(file, uses), notAnObject),
      rejectReasons: [notAnObject, brokenJson],
    };
    const columns = columnsOf(file, objects);
    return { file, key: '', columnsVary: true, columns, sample: objects.slice(0, sampleRows), reader };
  },
};
