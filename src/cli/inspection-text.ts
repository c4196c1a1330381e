import { canonicalNames } from '../model/column.ts';
import type { InspectedFiles, Inspection } from '../model/inspection.ts';
import { grid } from '../report/grid.ts';
import { minuteRange } from '../report/local-time.ts';
import { shorten, wrap } from '../report/wrap.ts';
import { escapeForTerminal } from '../util/escape.ts';
import { count } from '../util/text.ts';

const labelWidth = 11;
const pathsShown = 3;
/** Columns of the terminal that the table takes beside the values, at most. */
const columnsWidth = 50;
const leastValuesWidth = 20;
const longestSource = 16;

/** An inspection for a terminal of some width. */
export function inspectionText(inspection: Inspection, width: number, zone: string): string {
  const blocks = [
    ...inspection.files.map((files) => fileLines(files, width)),
    rowLines(inspection, width, zone),
    columnLines(inspection, width),
    detectorLines(inspection, width),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** A text from outside, safe to print and of bounded length. */
function shown(text: string, length: number): string {
  return shorten(escapeForTerminal(text), length);
}

function labelled(lines: readonly (readonly [string, string])[], width: number): string[] {
  return lines.flatMap(([label, text]) => wrap(text, width, label.padEnd(labelWidth), ' '.repeat(labelWidth)));
}

function fileLines(files: InspectedFiles, width: number): string[] {
  const { paths, container, compression, preset, confidence, grain, bytes, times, sampled, rows } = files;
  const named = paths.slice(0, pathsShown).map((path) => shown(path, 60));
  const more = paths.length > pathsShown ? ` and ${count(paths.length - pathsShown)} more` : '';
  const format =
    preset === null ? 'none known: columns found by name' : `${preset}, confidence ${(confidence ?? 0).toFixed(2)}`;
  const whole = rows === null ? 'rows not counted' : count(rows, 'row');
  return labelled(
    [
      [paths.length === 1 ? 'file' : 'files', `${named.join(', ')}${more}`],
      [
        'container',
        `${container}${compression === 'none' ? '' : `, ${compression}`}; ${count(bytes, 'byte')}, ${whole}`,
      ],
      ['format', `${format}; rows are of the kind ${grain}`],
      ['times', times ?? 'of several kinds: none is used'],
      ...(sampled === null ? [] : [['sample', `${sampled}: all that follows is about these`] as const]),
    ],
    width,
  );
}

function rowLines({ rows, window, accounts }: Inspection, width: number, zone: string): string[] {
  const reasons = Object.entries({ ...rows.rejected, ...rows.others });
  return labelled(
    [
      ['rows', `${count(rows.read)} read, ${count(rows.used)} used`],
      ...reasons.map(([reason, number]) => ['', `${count(number)} not: ${shown(reason, 60)}`] as const),
      ...Object.entries(rows.duplicates).map(
        ([key, number]) => ['', `${count(number)} not: duplicates by ${key}`] as const,
      ),
      ['accounts', count(accounts)],
      ['window', window.from === null || window.to === null ? 'no calls' : minuteRange(window.from, window.to, zone)],
    ],
    width,
  );
}

function columnLines({ files, columns, sample }: Inspection, width: number): string[] {
  const missing = new Map(columns.map((column) => [column.name, column.missing]));
  const known = canonicalNames.filter((name) => missing.has(name) || files.some(({ mapping }) => name in mapping));
  const cells = known.map((name) => {
    const sources = files.flatMap(({ mapping }) => mapping[name] ?? []);
    const share = missing.get(name);
    const values = share === undefined ? ['a text: never shown'] : sample.flatMap((row) => row[name] ?? []);
    return [
      name,
      shown([...new Set(sources)].join(' / ') || 'computed', longestSource),
      share === undefined ? '' : `${(share * 100).toFixed(1)} %`,
      fitting([...new Set(values)], Math.max(leastValuesWidth, width - columnsWidth)),
    ];
  });
  return grid(['column', 'from', 'missing', 'values'], cells, ['left', 'left', 'right', 'left'], 2);
}

/** As many of the values as fit, the first in any case. */
function fitting(values: readonly string[], width: number): string {
  const safe = values.map((value) => shown(value, width));
  const fits = safe.filter((_, position) => safe.slice(0, position + 1).join(', ').length <= width);
  return fits.join(', ');
}

function detectorLines({ detectors }: Inspection, width: number): string[] {
  const able = detectors.filter(({ canRun }) => canRun).map(({ id }) => id);
  const unable = detectors.filter(({ canRun }) => !canRun);
  return labelled(
    [
      ['can run', able.length === 0 ? 'no detector' : able.join(', ')],
      ...unable.map(({ id, reason = '', missing }) => {
        const wanted = missing.map((columns) => columns.join(' or ')).join(' and ');
        return ['cannot', `${id}: ${wanted === '' ? reason : `needs ${wanted}`}`] as const;
      }),
    ],
    width,
  );
}
