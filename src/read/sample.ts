import { open } from 'node:fs/promises';
import { join as joinPath } from 'node:path';
import type { RunContext } from '../engine/context.ts';
import { parquetRows, parquetSlices } from '../engine/duckdb/sources.ts';
import type { SampledFile } from '../model/calls.ts';
import { count } from '../util/text.ts';
import type { Container, InputFile } from './container.ts';
import { containers } from './containers.ts';
import type { FoundFile } from './find.ts';
import { readHead } from './head.ts';
import { unpacker } from './unpack.ts';

/** How much of all inputs together is looked at; smaller ones are read whole. */
const sampledRows = 100_000;
const sampledBytes = 48 * 2 ** 20;
/** Parts of a Parquet file, at even distances, so that the sample reaches over its whole time. */
const slices = 10;

/** Containers of which a part of the text is as good as the whole. */
const ofLines: ReadonlySet<string> = new Set(['csv', 'ndjson', 'access-log', 'envoy-log', 'load-balancer-log']);

/** Files, the large ones of them with a part of their rows, in the engine's work directory, in place of the whole. */
export async function takeSamples(context: RunContext, files: readonly FoundFile[]): Promise<FoundFile[]> {
  const samples: FoundFile[] = [];
  for (const [number, file] of files.entries()) {
    const { compression, bytes } = await readHead(context, file.realPath, file.path);
    const container = containers.find((candidate) => candidate.recognises(bytes));
    const whole: InputFile = { ...file, number, format: container?.name ?? '', compression };
    samples.push((await sampleOf(context, whole, container, files.length)) ?? file);
  }
  return samples;
}

async function sampleOf(
  context: RunContext,
  file: InputFile,
  container: Container | undefined,
  fileCount: number,
): Promise<FoundFile | undefined> {
  const target = joinPath(context.engine.workDirectory, `sample-${file.number}`);
  const sampled =
    container?.name === 'parquet'
      ? await sampleParquet(context, file, target, Math.ceil(sampledRows / fileCount))
      : ofLines.has(container?.name ?? '')
        ? await sampleLines(context, file, target, Math.ceil(sampledBytes / fileCount))
        : undefined;
  if (sampled === undefined) return undefined;
  const { path, partitions, bytes } = file;
  return { path, partitions, bytes, realPath: target, sampled };
}

async function sampleParquet(
  { engine }: RunContext,
  { realPath, compression }: InputFile,
  target: string,
  most: number,
): Promise<SampledFile | undefined> {
  const counted = await engine.query(parquetRows(realPath)).catch(() => undefined);
  const rows = Number(counted?.getChild('rows')?.get(0) ?? 0);
  if (rows <= 2 * most) return undefined;
  const length = Math.max(1, Math.floor(most / slices));
  const starts = Array.from({ length: slices }, (_, slice) => Math.floor((slice * (rows - length)) / (slices - 1)));
  await engine.execute(parquetSlices(realPath, starts, length, target));
  return { compression, rows, part: `${slices} parts of ${count(length, 'row')} each, at even distances` };
}

/** The first bytes, up to the last end of a line among them. */
async function sampleLines(
  context: RunContext,
  file: InputFile,
  target: string,
  most: number,
): Promise<SampledFile | undefined> {
  if (file.compression === 'none' ? file.bytes <= 2 * most : file.bytes <= most / 4) return undefined;
  const unpacked = await unpacker(context, file);
  const output = await open(target, 'w');
  try {
    let bytes = 0;
    for await (const chunk of unpacked(0)) {
      const isLast = bytes + chunk.length >= most;
      await output.write(isLast ? chunk.subarray(0, chunk.lastIndexOf(10) + 1) : chunk);
      bytes += chunk.length;
      if (isLast) break;
    }
  } finally {
    await output.close();
  }
  return { compression: file.compression, part: `its first ${Math.round(most / 2 ** 20)} MiB` };
}
