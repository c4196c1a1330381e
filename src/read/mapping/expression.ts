import { z } from 'zod';

/** Parts that can be taken out of a text. */
export const parts = {
  'last-segment': 'what follows the last slash, such as the model of a resource name',
  'mail-domain': 'what follows the at sign of a mail address, in lower case',
  'first-listed': 'the first of a comma-separated list',
  'url-path': 'the path of a URL or of the request line of an access log, without its query',
  host: 'an address without its port',
  project: 'the project in a resource name such as projects/p/locations/l',
} as const;

const partNames = Object.keys(parts).filter((name): name is keyof typeof parts => Object.hasOwn(parts, name));

/** Units in which a number counts time; ticks are 100 ns since the year 1, the others count from 1970. */
export const epochUnits = ['s', 'ms', 'us', 'ns', 'ticks'] as const;

/**
 * Where a value comes from: a path into the source columns, or one of these forms. A path is names with dots between them;
 * a name that holds dots itself is tried whole before it is taken apart. `[0]` and `[-1]` pick from a list, `[]` takes all of
 * it, `*` any name.
 */
export type Expression =
  | string
  | { readonly first: readonly Expression[] }
  | { readonly constant: string | number }
  | { readonly sum: readonly Expression[] }
  | { readonly scaled: Expression; readonly by: number }
  | { readonly epoch: Expression; readonly unit: (typeof epochUnits)[number]; readonly origin?: string | undefined }
  | { readonly time: Expression; readonly formats: readonly string[] }
  | { readonly elapsed: readonly [Expression, Expression] }
  | { readonly json: Expression; readonly path: string }
  | { readonly part: keyof typeof parts; readonly of: Expression }
  | {
      readonly translate: Expression;
      readonly to: Readonly<Record<string, string | number>>;
      readonly otherwise?: Expression | undefined;
    }
  | { readonly joined: readonly Expression[]; readonly with: string }
  | { readonly messages: Expression; readonly roles: readonly string[] }
  | { readonly messages: Expression; readonly exceptRoles: readonly string[] }
  | { readonly sumOfKeys: Expression; readonly startingWith: string }
  | { readonly attribute: readonly string[]; readonly in: string };

const path = z.string().min(1, 'expected a path');

const all = z.lazy(() => z.array(expression).min(1));

/** The forms by the name that tells each from the others. */
const forms: Readonly<Record<string, z.ZodType<Expression>>> = {
  first: z.strictObject({ first: all }),
  constant: z.strictObject({ constant: z.union([z.string(), z.number()]) }),
  sum: z.strictObject({ sum: all }),
  scaled: z.strictObject({ scaled: z.lazy(() => expression), by: z.number() }),
  epoch: z.strictObject({
    epoch: z.lazy(() => expression),
    unit: z.enum(epochUnits),
    origin: z.iso.datetime().optional(),
  }),
  time: z.strictObject({ time: z.lazy(() => expression), formats: z.array(z.string()).min(1) }),
  elapsed: z.strictObject({ elapsed: z.tuple([z.lazy(() => expression), z.lazy(() => expression)]) }),
  json: z.strictObject({ json: z.lazy(() => expression), path }),
  part: z.strictObject({ part: z.enum(partNames), of: z.lazy(() => expression) }),
  translate: z.strictObject({
    translate: z.lazy(() => expression),
    to: z.record(z.string(), z.union([z.string(), z.number()])),
    otherwise: z.lazy(() => expression).optional(),
  }),
  joined: z.strictObject({ joined: all, with: z.string() }),
  roles: z.strictObject({ messages: z.lazy(() => expression), roles: z.array(z.string()).min(1) }),
  exceptRoles: z.strictObject({ messages: z.lazy(() => expression), exceptRoles: z.array(z.string()).min(1) }),
  sumOfKeys: z.strictObject({ sumOfKeys: z.lazy(() => expression), startingWith: z.string() }),
  attribute: z.strictObject({ attribute: z.array(path).min(1), in: path }),
};

/** Picks the form before it is checked, so that what is wrong is said of that form and not of all. */
export const expression: z.ZodType<Expression> = z.unknown().transform((value, context) => {
  if (typeof value === 'string' && value !== '') return value;
  const isObject = typeof value === 'object' && value !== null;
  const name = isObject ? Object.keys(forms).find((form) => form in value) : undefined;
  const parsed = name === undefined ? undefined : forms[name]?.safeParse(value);
  if (parsed?.success === true) return parsed.data;
  const expected = `expected a path or an object with one of ${Object.keys(forms).join(', ')}`;
  const issues = parsed?.error.issues ?? [{ path: [], message: expected }];
  for (const { path, message } of issues) context.issues.push({ code: 'custom', input: value, path, message });
  return z.NEVER;
});
