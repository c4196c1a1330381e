import type { Expression } from './expression.ts';

/** An expression in words, for people who know the export: `userId else user.id`, `inputTokens + cacheReadTokens`. */
export function describeExpression(expression: Expression): string {
  if (typeof expression === 'string') return expression;
  if ('first' in expression) return listed(expression.first, ' else ');
  if ('constant' in expression) return `always ${expression.constant}`;
  if ('sum' in expression) return listed(expression.sum, ' + ');
  if ('scaled' in expression) return `${describeExpression(expression.scaled)} x ${expression.by}`;
  if ('epoch' in expression) return `${describeExpression(expression.epoch)} in ${expression.unit}`;
  if ('time' in expression) return describeExpression(expression.time);
  if ('elapsed' in expression) return listed(expression.elapsed, ' to ');
  if ('json' in expression) return `${describeExpression(expression.json)}.${expression.path}`;
  if ('part' in expression) return `${expression.part} of ${describeExpression(expression.of)}`;
  if ('translate' in expression) return describeExpression(expression.translate);
  if ('joined' in expression) return listed(expression.joined, ` ${expression.with} `);
  if ('messages' in expression) return `messages of ${describeExpression(expression.messages)}`;
  if ('sumOfKeys' in expression) return `${describeExpression(expression.sumOfKeys)}.${expression.startingWith}*`;
  return `${expression.in}.${expression.attribute.join(' else ')}`;
}

function listed(expressions: readonly Expression[], separator: string): string {
  return expressions.map(describeExpression).join(separator);
}
