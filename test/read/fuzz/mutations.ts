import fc from 'fast-check';

/** One way of damaging a file; places are shares of its length, in millionths. */
export interface Mutation {
  readonly kind: 'replace' | 'insert' | 'delete' | 'repeat' | 'cut' | 'swap';
  readonly at: number;
  readonly length: number;
  readonly bytes: Buffer;
}

/** Bytes that mean something to one of the readers. */
const telling = [
  '"',
  "'",
  '\n',
  '\r',
  '\r\n',
  ',',
  ';',
  '\t',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ':',
  '\0',
  '\ufeff',
  '""',
  '\n\n',
];

const bytes = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...telling).map((text) => Buffer.from(text)) },
  { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 4 }).map((array) => Buffer.from(array)) },
  { weight: 1, arbitrary: fc.constant(Buffer.from('timestamp,account_id,ip,input_tokens,text\n')) },
);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('replace', 'insert', 'insert', 'delete', 'repeat', 'cut', 'swap'),
  at: fc.nat(999_999),
  length: fc.nat(120),
  bytes,
});

export const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });

/** A damaged copy. */
export function damage(original: Buffer, all: readonly Mutation[]): Buffer {
  return all.reduce(damageOnce, original);
}

function damageOnce(file: Buffer, { kind, at, length, bytes }: Mutation): Buffer {
  const place = Math.floor((at * file.length) / 1_000_000);
  const before = file.subarray(0, place);
  const piece = file.subarray(place, place + length);
  const after = file.subarray(place + length);
  switch (kind) {
    case 'replace':
      return Buffer.concat([before, bytes, file.subarray(place + bytes.length)]);
    case 'insert':
      return Buffer.concat([before, bytes, piece, after]);
    case 'delete':
      return Buffer.concat([before, after]);
    case 'repeat':
      return Buffer.concat([before, piece, piece, after]);
    case 'swap':
      return Buffer.concat([after, before, piece]);
    case 'cut':
      return before;
  }
}
