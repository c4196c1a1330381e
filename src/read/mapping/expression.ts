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

export const expression: z.ZodType<Expression> = z.lazy(() =>
  z.union(
    [
      path,
      z.strictObject({ first: z.array(expression).min(1) }),
      z.strictObject({ constant: z.union([z.string(), z.number()]) }),
      z.strictObject({ sum: z.array(expression).min(1) }),
      z.strictObject({ scaled: expression, by: z.number() }),
      z.strictObject({ epoch: expression, unit: z.enum(epochUnits), origin: z.iso.datetime().optional() }),
      z.strictObject({ time: expression, formats: z.array(z.string()).min(1) }),
      z.strictObject({ elapsed: z.tuple([expression, expression]) }),
      z.strictObject({ json: expression, path }),
      z.strictObject({ part: z.enum(partNames), of: expression }),
      z.strictObject({
        translate: expression,
        to: z.record(z.string(), z.union([z.string(), z.number()])),
        otherwise: expression.optional(),
      }),
      z.strictObject({ joined: z.array(expression).min(2), with: z.string() }),
      z.strictObject({ messages: expression, roles: z.array(z.string()).min(1) }),
      z.strictObject({ messages: expression, exceptRoles: z.array(z.string()).min(1) }),
      z.strictObject({ sumOfKeys: expression, startingWith: z.string() }),
      z.strictObject({ attribute: z.array(path).min(1), in: path }),
    ],
    { error: `expected a path or one of the forms ${forms()}` },
  ),
);

function forms(): string {
  return 'first, constant, sum, scaled, epoch, time, elapsed, json, part, translate, joined, messages, sumOfKeys, attribute';
}
