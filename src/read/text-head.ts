/** Control characters that text may well have: tab, line ends, and what some exports put between cells. */
const textControls = new Set([1, 9, 10, 13, 28, 29, 30, 31]);

/** Text has next to no other control characters; one stray NUL does not make a file binary. */
export function looksLikeText(head: Buffer): boolean {
  const start = head.subarray(0, 4096);
  const controls = start.reduce((count, byte) => count + (byte < 32 && !textControls.has(byte) ? 1 : 0), 0);
  return controls * 20 <= start.length;
}

export function hasByteOrderMark(head: Buffer): boolean {
  return head.subarray(0, 3).equals(Buffer.from('\ufeff'));
}

/** Whether a file begins with the byte order mark of UTF-16. */
export function isUtf16(head: Buffer): boolean {
  return head.length >= 2 && (head.readUInt16BE(0) === 0xfeff || head.readUInt16BE(0) === 0xfffe);
}
