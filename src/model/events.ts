/** What a running scan tells whoever listens; the terminal draws it, nothing below cli/ prints. */
export type RunEvent =
  | { readonly kind: 'stage'; readonly stage: string }
  /** The input has prompts, which take longer to read than all else. */
  | { readonly kind: 'texts' }
  /** Usable rows in the input, once they are known. */
  | { readonly kind: 'rows'; readonly rows: number }
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'warning'; readonly text: string };

export type Emit = (event: RunEvent) => void;
