import type { z } from 'zod';
import { UsageError } from '../util/errors.ts';

/** Options that fit a schema. Throws `UsageError` naming the first flag that does not, its value and what was expected. */
export function parseOptions<Schema extends z.ZodObject>(schema: Schema, raw: object, help: string): z.infer<Schema> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const name = String(issue?.path[0] ?? '');
  const value = Object.entries(raw).find(([key]) => key === name)?.[1];
  const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UsageError(`--${flag} ${JSON.stringify(value) ?? ''}: ${issue?.message ?? 'not usable'}`, `see ${help}`);
}
