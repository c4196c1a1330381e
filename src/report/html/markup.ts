import { escapeForTerminal } from '../../util/escape.ts';

/** HTML that is safe to put into a page as it is. Only `html` and `constant` make it. */
export interface Markup {
  readonly kind: 'markup';
  readonly text: string;
}

type Part = Markup | string | number | readonly Part[];

/**
 * Builds HTML. Markup is put in as it is and lists piece by piece; every text becomes text, whatever it holds: marks that
 * mean something to HTML are escaped, and control and direction characters are shown as escapes. Attributes must be quoted.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0] ?? '';
  parts.forEach((part, position) => {
    text += markupOf(part) + (strings[position + 1] ?? '');
  });
  return { kind: 'markup', text };
}

/** Text of ours that means the same in HTML or must not be escaped, such as style rules; never anything from a report. */
export function constant(text: string): Markup {
  return { kind: 'markup', text };
}

/** Nothing, for what is left out. */
export const nothing: Markup = constant('');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function markupOf(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeForTerminal(part).replace(/[&<>"']/g, (mark) => entities[mark] ?? '');
  if ('kind' in part) return part.text;
  return part.map(markupOf).join('');
}
