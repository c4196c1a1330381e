import { readFile } from 'node:fs/promises';
import { ConfigError, messageOf } from '../util/errors.ts';

const fewestBytes = 16;

/** The secret in a salt file, without the line end that editors add. Throws `ConfigError` where it is missing or too short. */
export async function readSalt(path: string): Promise<Uint8Array> {
  const content = await readFile(path).catch((cause) => {
    throw new ConfigError(`${path}: cannot be read (${messageOf(cause)})`, 'check the path of --salt-file', cause);
  });
  let length = content.length;
  while (length > 0 && (content[length - 1] === 10 || content[length - 1] === 13)) length -= 1;
  if (length < fewestBytes)
    throw new ConfigError(
      `${path}: a salt of ${length} bytes can be guessed`,
      `put at least ${fewestBytes} random bytes into it`,
    );
  return content.subarray(0, length);
}
