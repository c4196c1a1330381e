import { jsonText } from './json.ts';
import type { Reporter } from './reporter.ts';

/** One cluster a line, strongest first, as it stands in the JSON report; a newline after each, and nothing without clusters. */
export const ndjson: Reporter = {
  format: 'ndjson',
  extensions: ['.ndjson', '.jsonl'],
  render: ({ clusters }) => clusters.map((cluster) => `${jsonText(cluster, 0)}\n`).join(''),
};
