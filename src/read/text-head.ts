/** Text has next to no control characters; one stray NUL does not make a file binary. */
export function looksLikeText(head: Buffer): boolean {
  const start = head.subarray(0, 4096);
  const controls = start.reduce(
    (count, byte) => count + (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 ? 1 : 0),
    0,
  );
  return controls * 20 <= start.length;
}
