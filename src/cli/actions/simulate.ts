import { z } from 'zod';
import { parseOptions } from '../../config/issue.ts';
import { displayOptions, numeric, resourceOptions, seed } from '../../config/options.ts';
import { resources } from '../../config/resolve.ts';
import { optionalColumns } from '../../simulate/calls.ts';
import { scenarios } from '../../simulate/scenarios.ts';
import { simulate } from '../../simulate/simulate.ts';
import type { SimulateSummary } from '../../simulate/truth.ts';
import { evasionLevels, mostVariants, type SimulateOptions } from '../../simulate/world.ts';
import { count } from '../../util/text.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { interruptible } from '../interruption.ts';
import { withEngine } from '../session.ts';
import { settingsOf } from '../settings.ts';
import type { Terminal } from '../terminal.ts';

const largestSeed = 2 ** 31 - 1;
const largestScale = 10;

/** What settings may say: how much of the machine to use and what to tell, never which world. */
const machineSettings = resourceOptions.extend(displayOptions.shape);

const options = z.object({
  scenario: z.enum(scenarios),
  scale: numeric(`expected a number above 0 and up to ${largestScale}`, (value) => value > 0 && value <= largestScale),
  benignAccounts: numeric(
    'expected a whole number from 1 on',
    (value) => Number.isInteger(value) && value >= 1,
  ).optional(),
  // The engine's hash takes a signed integer.
  seed: seed.refine((value) => value <= largestSeed, `expected a whole number from 0 to ${largestSeed}`),
  format: z.enum(['parquet', 'csv']),
  evasion: z.coerce.number().pipe(z.literal(evasionLevels, `expected one of ${evasionLevels.join(', ')}`)),
  paraphrase: numeric(
    `expected a whole number from 1 to ${mostVariants}`,
    (value) => Number.isInteger(value) && value >= 1 && value <= mostVariants,
  ),
  text: z.boolean().default(false),
  without: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((name) => name.trim())
        .filter((name) => name !== ''),
    )
    .refine(
      (names) => names.every((name) => optionalColumns.includes(name)),
      `expected some of ${optionalColumns.join(', ')}`,
    ),
});

/** Writes a labelled world and says on stderr what it holds. */
export async function simulateWorld(
  directory: string,
  flags: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<ExitCode> {
  const settings = await settingsOf(machineSettings, 'simulate', flags, terminal);
  const world = worldOptions(directory, flags);
  return interruptible((interruption) =>
    withEngine(resources(settings), terminal, settings, interruption, async ({ engine, emit }) => {
      const summary = await simulate(engine, world, emit);
      if (!settings.quiet) terminal.message(describe(summary, directory));
      return exitCodes.finished;
    }),
  );
}

function worldOptions(directory: string, flags: object): SimulateOptions {
  const { benignAccounts, ...world } = parseOptions(options, flags, 'stillhunt simulate --help');
  return { directory, ...world, ...(benignAccounts === undefined ? {} : { benignAccounts }) };
}

function describe({ queries, accounts, campaigns }: SimulateSummary, directory: string): string {
  const parts = campaigns.map(
    (one) => `${one.name}: ${count(one.accounts, 'account')}, ${count(one.queries, 'query', 'queries')}`,
  );
  const whole = `${count(queries, 'query', 'queries')} of ${count(accounts, 'account')} in ${directory}`;
  return [whole, ...parts].join('; ');
}
