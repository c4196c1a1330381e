import type { RunContext } from '../engine/context.ts';
import { InputError } from '../util/errors.ts';
import { isOurs } from './blame.ts';
import type { Container, FileLayout, InputFile, Layout } from './container.ts';
import { containers } from './containers.ts';
import type { FoundFile } from './find.ts';
import { readHead } from './head.ts';
import { damaged } from './integrity.ts';
import { isUtf16 } from './text-head.ts';

/** Share of all columns of two files that both have, from which on the files are read as one. */
const alikeShare = 0.5;

/** Looks into each file: its container, its packing and its columns. Files that turn out empty are noted and left out. */
export async function examineFiles(context: RunContext, files: readonly FoundFile[]): Promise<FileLayout[]> {
  const layouts: FileLayout[] = [];
  for (const found of files) {
    const { compression, bytes: head } = await readHead(context, found.realPath, found.path);
    const container = containers.find((candidate) => candidate.recognises(head));
    if (isUtf16(head)) throw new InputError(`${found.path}: is UTF-16`, 'convert it to UTF-8 first, as iconv does');
    if (container === undefined) throw unknownContainer(found.path);
    if (container.isBinary && compression !== 'none') throw packedBinary(found.path, container.name, compression);
    const file: InputFile = { ...found, number: layouts.length, format: container.name, compression };
    const layout = head.length === 0 ? undefined : await examine(context, container, file, head);
    if (layout !== undefined) layouts.push(layout);
    else context.emit({ kind: 'note', text: `${found.path} is empty` });
  }
  if (layouts.length > 0) return layouts;
  const paths = files.map((file) => file.path).join(', ');
  throw new InputError(`${paths}: nothing in it`, 'name an export that has rows');
}

async function examine(
  context: RunContext,
  container: Container,
  file: InputFile,
  head: Buffer,
): Promise<FileLayout | undefined> {
  try {
    return await container.examine(context, file, head);
  } catch (cause) {
    throw isOurs(cause) ? cause : damaged(file, cause);
  }
}

function unknownContainer(path: string): InputError {
  const names = containers.map(({ name }) => name).join(', ');
  return new InputError(`${path}: in no format that is known`, `export the log as one of ${names}`);
}

function packedBinary(path: string, container: string, compression: string): InputError {
  return new InputError(
    `${path}: ${container} inside ${compression}`,
    `unpack it first; ${container} packs its own data`,
  );
}

/** Puts files together that can be read as one and have one format, in the order in which the first of each was named. */
export function groupLayouts(layouts: readonly FileLayout[], formatOf: (layout: FileLayout) => string): Layout[] {
  const groups: FileLayout[][] = [];
  const byKey = new Map<string, FileLayout[][]>();
  for (const layout of layouts) {
    const key = JSON.stringify([
      layout.file.format,
      layout.file.compression,
      [...layout.file.partitions.keys()],
      layout.key,
      formatOf(layout),
    ]);
    const candidates = byKey.get(key) ?? [];
    const group = candidates.find(([first]) => first !== undefined && areAlike(first, layout));
    if (group !== undefined) group.push(layout);
    else {
      groups.push([layout]);
      byKey.set(key, [...candidates, groups.at(-1) ?? []]);
    }
  }
  return groups.flatMap((group) => (group[0] === undefined ? [] : [joined(group[0], group)]));
}

function areAlike(left: FileLayout, right: FileLayout): boolean {
  if (!left.columnsVary) return true;
  const shared = [...right.columns.keys()].filter((name) => left.columns.has(name)).length;
  return shared >= alikeShare * (left.columns.size + right.columns.size - shared);
}

function joined(first: FileLayout, group: readonly FileLayout[]): Layout {
  const columns = new Map(first.columns);
  const known = new Set([...columns.keys()].map((name) => name.toLowerCase()));
  for (const [name, type] of group.flatMap((layout) => [...layout.columns])) {
    if (columns.has(name)) {
      if (columns.get(name) !== type) columns.set(name, 'JSON');
    } else if (!known.has(name.toLowerCase())) columns.set(name, type);
    known.add(name.toLowerCase());
  }
  for (const name of first.file.partitions.keys()) {
    for (const own of [...columns.keys()]) if (own.toLowerCase() === name.toLowerCase()) columns.delete(own);
    columns.set(name, 'VARCHAR');
  }
  const files = group.map(({ file }) => file);
  return { container: first.file.format, files, columns, sample: first.sample, reader: first.reader };
}
