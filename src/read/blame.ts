import { InputError, KnownError } from '../util/errors.ts';

/** Whether an error says already what it has to, so that it must not be taken for a fault of the file being read. */
export function isOurs(error: unknown): boolean {
  return error instanceof KnownError || (error instanceof Error && error.name === 'InterruptedError');
}

/** The error for a disk that is full, if that is what this one says. */
export function fullDisk(error: unknown): InputError | undefined {
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  if (!isFull) return undefined;
  return new InputError('the temp directory is full', 'free space there or name another with --temp-dir', error);
}
