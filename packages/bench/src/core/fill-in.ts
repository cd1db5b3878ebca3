import { BenchError } from '../bench-error.ts';

const begin = '<!-- bench -->';
const end = '<!-- /bench -->';

/**
 * Puts a text between the two markers of a document, in place of what is there.
 * @throws BenchError when the document has no such markers
 */
export function fillIn(document: string, text: string): string {
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from === -1 || to < from)
    throw new BenchError(
      `The README has no place for the results: write ${begin} and ${end} where they belong.`,
    );
  // Prettier would draw the tables its own way.
  const kept = `<!-- prettier-ignore-start -->\n${text}\n<!-- prettier-ignore-end -->`;
  return `${document.slice(0, from + begin.length)}\n${kept}\n${document.slice(to)}`;
}
