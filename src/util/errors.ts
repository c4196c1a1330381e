/** A failure whose cause the user can mend. The command line prints `message` and `hint` on one line, without a stack. */
export abstract class KnownError extends Error {
  abstract readonly kind: 'usage' | 'config' | 'input';
  readonly hint: string;

  /** @param message what is wrong; @param hint what to do about it; @param cause the error beneath, if any */
  constructor(message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = new.target.name;
    this.hint = hint;
  }
}

/** The command line itself is wrong. */
export class UsageError extends KnownError {
  readonly kind = 'usage';
}

/** An option or the configuration file holds a value that cannot be used. */
export class ConfigError extends KnownError {
  readonly kind = 'config';
}

/** A file cannot be read, or what it holds cannot be used. */
export class InputError extends KnownError {
  readonly kind = 'input';
}

/** The message of anything that was thrown, first line only. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}
