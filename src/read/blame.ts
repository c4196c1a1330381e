import { KnownError } from '../util/errors.ts';

/** Whether an error says already what it has to, so that it must not be taken for a fault of the file being read. */
export function isOurs(error: unknown): boolean {
  return error instanceof KnownError || (error instanceof Error && error.name === 'InterruptedError');
}
