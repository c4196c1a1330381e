import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../../engine/engine.ts';
import { type Sql, sql } from '../../engine/sql.ts';
import { withDirectory, withEngine } from '../worlds.ts';
import { readBackground, type Sources } from './background.ts';
import { logOf, type Mapping, mappingsOf, sendCalls } from './calls.ts';
import { drawMembers } from './members.ts';
import { permuteLinks } from './permute.ts';
import { plantedLog } from './plant.ts';

/** One log made of a background. */
export interface PlantedWorld {
  readonly background: string;
  readonly mapping: Mapping;
  /** Whom its posts belong to. */
  readonly links: 'as exported' | 'permuted';
  /** Position in `disguises`; undefined: nothing is planted. */
  readonly disguise: number | undefined;
}

export interface PlantedChoice {
  /** Positions in `mappingsOf`. */
  readonly mappings: readonly number[];
  readonly links: readonly PlantedWorld['links'][];
  /** Positions in `disguises`. */
  readonly disguises: readonly number[];
  readonly seed: number;
}

/**
 * Writes every log of a background in turn, `calls/*.parquet` and `labels.csv` in a directory that is gone afterwards, and
 * hands it to the action: without a campaign and with one of each size in each disguise, permuted and as exported.
 */
export async function eachWorld(
  sources: Sources,
  choice: PlantedChoice,
  action: (world: PlantedWorld, directory: string) => Promise<void>,
): Promise<void> {
  await withEngine(async (engine) => {
    const { name, objects } = await readBackground(engine, sources);
    const mappings = mappingsOf(objects).filter((_, position) => choice.mappings.includes(position));
    for (const links of choice.links) {
      if (links === 'permuted') await permuteLinks(engine, objects, choice.seed);
      await sendCalls(engine, objects, choice.seed);
      await drawMembers(engine, objects, choice.seed);
      for (const mapping of mappings) {
        for (const disguise of [undefined, ...choice.disguises]) {
          const world = { background: name, mapping, links, disguise };
          await withDirectory(async (directory) => {
            await writeLog(engine, world, choice.seed, directory);
            await action(world, directory);
          });
        }
      }
    }
  });
}

async function writeLog(engine: Engine, { mapping, disguise }: PlantedWorld, seed: number, directory: string) {
  await mkdir(join(directory, 'calls'));
  await store(engine, logOf(mapping, seed), join(directory, 'calls', 'background.parquet'));
  if (disguise !== undefined)
    await store(engine, plantedLog(mapping, disguise, seed), join(directory, 'calls', 'planted.parquet'));
  await engine.execute(sql`
    COPY (SELECT account_id, campaign AS label, calls AS queries FROM members WHERE ${disguise !== undefined} ORDER BY ALL)
    TO ${join(directory, 'labels.csv')} (HEADER)`);
}

function store(engine: Engine, rows: Sql, path: string): Promise<void> {
  return engine.execute(sql`COPY (${rows}) TO ${path} (FORMAT parquet, COMPRESSION zstd)`);
}
