import { escapeForTerminal } from '../util/escape.ts';
import { shorten } from './wrap.ts';

const longestText = 200;

/** Words, figures and plain marks of a sentence. */
const plainSentence = /^[\p{L}\p{N} ,.;:()%'–—’…+-]*$/u;

/** What sites make a link, a reference or a picture of although it looks like a sentence. */
const linking = /www\.|\bGH-|[.:](?=[^ \d])/i;

/**
 * A text from anywhere, for the middle of a Markdown line. One that could be more than words to Markdown, to HTML or to the
 * site that shows it (mentions, references, bare links) stands in a code span, where all of them leave it alone.
 */
export function markdownText(text: string): string {
  const shown = shorten(escapeForTerminal(text), longestText);
  return plainSentence.test(shown) && !linking.test(shown) ? shown : codeSpan(shown);
}

/** A value from a log as a code span; not for table cells, where a bar would end the cell. */
export function markdownCode(text: string): string {
  return codeSpan(shorten(escapeForTerminal(text), longestText));
}

/** The fence is longer than any run of backticks inside, so that nothing inside can end it (CommonMark 6.1). */
function codeSpan(text: string): string {
  const longestRun = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const isPadded = text.trim() === '' || /^[` ]|[` ]$/.test(text);
  return isPadded ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}
