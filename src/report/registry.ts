import { csv } from './csv.ts';
import { htmlPage } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { ndjson } from './ndjson.ts';
import type { Reporter } from './reporter.ts';
import { table } from './table.ts';

export const reporters: readonly Reporter[] = [table, json, ndjson, csv, markdown, htmlPage];
