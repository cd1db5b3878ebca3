/** A text that moves no terminal's cursor: names in a tenant are anybody's words. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}');
}
