/** RE2 pattern of words; in scripts without blanks between words, of characters. For text in lower case. */
export const word =
  '[\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]|[^\\P{L}\\p{Han}\\p{Hiragana}\\p{Katakana}\\p{Thai}]+';
