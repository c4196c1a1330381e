import { z } from 'zod';
import { resources } from '../../config/resolve.ts';
import { scenarios } from '../../simulate/scenarios.ts';
import { simulate } from '../../simulate/simulate.ts';
import { UsageError } from '../../util/errors.ts';
import { count } from '../../util/text.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { listener, withEngine } from '../session.ts';
import type { Terminal } from '../terminal.ts';

const options = z.object({
  scenario: z.enum(scenarios),
  scale: z.coerce.number().positive().max(10),
  benignAccounts: z.coerce.number().int().min(1).optional(),
  seed: z.coerce
    .number()
    .int()
    .min(0)
    .max(2 ** 31 - 1),
  format: z.enum(['parquet', 'csv']),
  threads: z.coerce.number().int().min(1).optional(),
  memoryLimit: z.string().optional(),
  tempDir: z.string().optional(),
  quiet: z.boolean().optional(),
});

export async function simulateWorld(directory: string, raw: unknown, terminal: Terminal): Promise<ExitCode> {
  const parsed = options.safeParse(raw);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(`--${String(issue?.path[0])}: ${issue?.message}`, 'see stillhunt simulate --help');
  }
  const flags = parsed.data;
  return withEngine(
    resources(flags),
    terminal,
    async (engine, onStage) => {
      const { scenario, scale, benignAccounts, seed, format } = flags;
      const world = {
        directory,
        scenario,
        scale,
        seed,
        format,
        ...(benignAccounts === undefined ? {} : { benignAccounts }),
      };
      const summary = await simulate(engine, world, listener(terminal, flags, onStage));
      if (flags.quiet !== true) {
        terminal.message(
          `${count(summary.queries, 'query', 'queries')} of ${count(summary.accounts, 'account')} in ${directory}; ` +
            `${summary.campaigns.map(({ name, accounts, queries }) => `${name}: ${count(accounts)} accounts, ${count(queries)} queries`).join('; ')}`,
        );
      }
      return exitCodes.finished;
    },
    async () => {},
  );
}
