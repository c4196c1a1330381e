import type { z } from 'zod';
import { UsageError } from '../util/errors.ts';

/** The flag of an option, `--max-reject-rate` for `maxRejectRate`. */
export function flagOf(option: string): string {
  return `--${option.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/**
 * Options that fit a schema. Throws `UsageError` naming the first that does not, its value and what was expected; `nameOf`
 * says how the user knows an option.
 */
export function parseOptions<Schema extends z.ZodObject>(
  schema: Schema,
  raw: object,
  help: string,
  nameOf: (option: string) => string = flagOf,
): z.infer<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const option = String(issue?.path[0] ?? '');
  const value = Object.entries(raw).find(([key]) => key === option)?.[1];
  throw new UsageError(
    `${nameOf(option)} ${JSON.stringify(value) ?? ''}: ${issue?.message ?? 'not usable'}`,
    `see ${help}`,
  );
}
