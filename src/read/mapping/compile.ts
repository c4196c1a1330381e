import { sql } from '../../engine/sql.ts';
import { attribute } from './attribute.ts';
import type { Expression } from './expression.ts';
import { messages } from './messages.ts';
import { elapsed, scaled, sinceEpoch, sumOf, sumOfKeys } from './numbers.ts';
import { follow, jsonAt, type Scope, textValue, type Value } from './path.ts';
import { firstOf, joined, partOf, translated, withFormats } from './texts.ts';

/** An expression over the columns of a scope, or undefined where nothing that it reads is there. */
export function compile(expression: Expression, scope: Scope): Value | undefined {
  if (typeof expression === 'string') return follow(scope, expression);
  const all = (expressions: readonly Expression[]) => expressions.flatMap((one) => compile(one, scope) ?? []);
  if ('first' in expression) return firstOf(all(expression.first));
  if ('constant' in expression) return textValue(sql`${String(expression.constant)}`);
  if ('sum' in expression) return sumOf(all(expression.sum));
  if ('joined' in expression) {
    const values = all(expression.joined);
    return values.length < expression.joined.length ? undefined : joined(values, expression.with);
  }
  if ('elapsed' in expression) return elapsed(all(expression.elapsed));
  if ('attribute' in expression) return attribute(expression.attribute, follow(scope, expression.in));
  const from = compile(innerOf(expression), scope);
  return from === undefined ? undefined : compileOne(expression, from, scope);
}

type Single = Exclude<
  Extract<Expression, object>,
  | { first: unknown }
  | { constant: unknown }
  | { sum: unknown }
  | { joined: unknown }
  | { elapsed: unknown }
  | { attribute: unknown }
>;

/** The one value that a form works on. */
function innerOf(expression: Single): Expression {
  if ('scaled' in expression) return expression.scaled;
  if ('epoch' in expression) return expression.epoch;
  if ('time' in expression) return expression.time;
  if ('json' in expression) return expression.json;
  if ('part' in expression) return expression.of;
  if ('translate' in expression) return expression.translate;
  return 'messages' in expression ? expression.messages : expression.sumOfKeys;
}

function compileOne(expression: Single, from: Value, scope: Scope): Value | undefined {
  if ('scaled' in expression) return scaled(from, expression.by);
  if ('epoch' in expression) return sinceEpoch(from, expression.unit, expression.origin);
  if ('time' in expression) return withFormats(from, expression.formats);
  if ('json' in expression) return textValue(jsonAt(from, expression.path));
  if ('part' in expression) return partOf(expression.part, from);
  if ('sumOfKeys' in expression) return sumOfKeys(from, expression.startingWith);
  if ('roles' in expression) return messages(from, expression.roles, sql`IN`);
  if ('exceptRoles' in expression) return messages(from, expression.exceptRoles, sql`NOT IN`);
  const otherwise = expression.otherwise === undefined ? from : compile(expression.otherwise, scope);
  return translated(from, expression.to, otherwise);
}
