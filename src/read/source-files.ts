import type { SourceFiles } from '../engine/duckdb/sources.ts';
import type { InputFile } from './container.ts';

/** Files of one layout, as the engine wants them. */
export function sourceFiles(files: readonly InputFile[]): SourceFiles {
  return {
    paths: files.map((file) => file.realPath),
    compression: files[0]?.compression ?? 'none',
    hasPartitions: (files[0]?.partitions.size ?? 0) > 0,
  };
}
