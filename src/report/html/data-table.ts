import { html, type Markup, nothing } from './markup.ts';

/** A column head: its words, and whether they are only for those who hear the page. */
export type Head = string | { readonly spoken: string };

/** A table that says what it holds; where it is wider than the page it scrolls, with the keyboard too. */
export function dataTable(caption: string, heads: readonly Head[], rows: readonly Markup[], name = ''): Markup {
  const columns = heads.map((head) =>
    typeof head === 'string'
      ? html`<th scope="col">${head}</th>`
      : html`<th scope="col"><span class="hidden">${head.spoken}</span></th>`,
  );
  const kind = name === '' ? nothing : html` class="${name}"`;
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${kind}><caption>${caption}</caption><thead><tr>${columns}</tr></thead><tbody>
${rows}</tbody></table></div>
`;
}
