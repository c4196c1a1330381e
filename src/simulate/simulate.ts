import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Engine } from '../engine/engine.ts';
import { sql } from '../engine/sql.ts';
import type { Emit } from '../model/events.ts';
import { InputError, messageOf } from '../util/errors.ts';
import { createAccounts } from './accounts.ts';
import { callsOfDay } from './calls.ts';
import { dailyCalls } from './daily-calls.ts';
import { createLexicon } from './text/lexicon.ts';
import { createTextTruth, sampleTextTruth, writeTextTruth } from './text/truth.ts';
import { type SimulateSummary, writeTruth } from './truth.ts';
import { days, type SimulateOptions, type World, worldOf } from './world.ts';

/** Where a world grows; it moves to its place when it is whole. */
const unfinished = '.unfinished';

/** What some of the calls are after, in a world with texts. */
const textTruth = 'text-truth.csv';

/**
 * Writes a labelled world: `calls/day-NN.parquet` (or .csv), a file a day in the order of time; `labels.csv`, a row an
 * account with its campaign, its kind and its number of campaign queries; `truth.json`; with texts `text-truth.csv`, what each of a sample of calls is after. Same options, same world.
 * Until everything is written the directory holds none of them, and after a failure nothing.
 */
export async function simulate(engine: Engine, options: SimulateOptions, emit: Emit): Promise<SimulateSummary> {
  const world = worldOf(options);
  const isNew = await claim(options.directory);
  const directory = join(options.directory, unfinished);
  let isWhole = false;
  try {
    await mkdir(join(directory, 'calls'), { recursive: true });
    const summary = await writeWorld(engine, world, { ...options, directory }, emit);
    // The calls last: without them nothing can be scanned.
    for (const name of ['labels.csv', 'truth.json', ...(options.text === true ? [textTruth] : []), 'calls'])
      await rename(join(directory, name), join(options.directory, name));
    isWhole = true;
    return summary;
  } finally {
    await rm(directory, { recursive: true, force: true });
    // What could not be taken back keeps the directory, and must not hide why.
    if (isNew && !isWhole) await rmdir(options.directory).catch(() => {});
  }
}

async function writeWorld(
  engine: Engine,
  world: World,
  options: SimulateOptions,
  emit: Emit,
): Promise<SimulateSummary> {
  emit({ kind: 'stage', stage: 'accounts' });
  await createAccounts(engine, world);
  if (options.text === true) {
    await createLexicon(engine, world.seed);
    await createTextTruth(engine);
  }
  await engine.execute(sql`CREATE TABLE sent (account_id VARCHAR, is_cover BOOLEAN, queries BIGINT)`);
  for (let day = 0; day < days; day += 1) {
    emit({ kind: 'stage', stage: `day ${day + 1} of ${days}` });
    await writeDay(engine, world, day, options);
    if (options.text === true) await sampleTextTruth(engine, world, day);
  }
  if (options.text === true) await writeTextTruth(engine, join(options.directory, textTruth));
  return writeTruth(engine, options.directory);
}

/** The directory has to be empty: a second world in it would mix with the first. Returns whether it was made just now. */
async function claim(directory: string): Promise<boolean> {
  const made = await mkdir(directory, { recursive: true }).catch((cause) => {
    throw new InputError(`${directory}: cannot be made (${messageOf(cause)})`, 'name another directory', cause);
  });
  if ((await readdir(directory)).length > 0) throw new InputError(`${directory} is not empty`, 'name a new directory');
  return made !== undefined;
}

async function writeDay(
  engine: Engine,
  world: World,
  day: number,
  { directory, format, without = [], text = false }: SimulateOptions,
): Promise<void> {
  await engine.execute(sql`CREATE OR REPLACE TABLE day_accounts AS ${dailyCalls(world, day)}`);
  await engine.execute(sql`INSERT INTO sent SELECT account_id, is_cover, calls FROM day_accounts`);
  const path = join(directory, 'calls', `day-${String(day + 1).padStart(2, '0')}.${format}`);
  const layout = format === 'csv' ? sql`FORMAT csv, HEADER` : sql`FORMAT parquet, COMPRESSION zstd`;
  await engine.execute(sql`COPY (${callsOfDay(world, day, without, text)}) TO ${path} (${layout})`);
}
