import { invalidQuery } from './management-error.ts';

/**
 * The part of Auth0's Lucene syntax that people search users with: `field:value`, quoted phrases, `*`, ranges of dates,
 * `_exists_`, AND, OR, NOT and parentheses; a bare word looks at name, nickname, e-mail and user id.
 * @returns a test for one user
 * @throws ManagementError 400 for a query that cannot be read
 * @see https://auth0.com/docs/manage-users/user-search/user-search-query-syntax
 */
export function parseUserQuery(query: string): (user: unknown) => boolean {
  const tokens = tokenize(query);
  const [test, rest] = readOr(tokens);
  if (rest.length > 0) throw invalidQuery(`Unexpected "${rest[0]?.text ?? ''}" in q`);
  return test;
}

type Test = (user: unknown) => boolean;
interface Token {
  readonly kind: 'word' | 'open' | 'close';
  readonly text: string;
}

const bareFields = ['name', 'nickname', 'email', 'user_id'];
const tokenPattern =
  /\s*(?:(?<open>\()|(?<close>\))|(?<word>(?:"(?:\\.|[^"\\])*"|\[[^\]]*\]|\\.|[^\s()"[\]])+))/y;

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < query.trimEnd().length) {
    const found = tokenPattern.exec(query);
    if (found === null) throw invalidQuery('q is not a search query');
    const { open, close, word } = found.groups ?? {};
    if (open !== undefined) tokens.push({ kind: 'open', text: '(' });
    else if (close !== undefined) tokens.push({ kind: 'close', text: ')' });
    else tokens.push({ kind: 'word', text: word ?? '' });
  }
  return tokens;
}

function isWord(token: Token | undefined, text: string): boolean {
  return token?.kind === 'word' && token.text === text;
}

function readOr(tokens: readonly Token[]): [Test, readonly Token[]] {
  let [left, rest] = readAnd(tokens);
  while (isWord(rest[0], 'OR')) {
    const [right, after] = readAnd(rest.slice(1));
    const earlier = left;
    left = (user) => earlier(user) || right(user);
    rest = after;
  }
  return [left, rest];
}

/** Terms that only stand side by side must all hold, too. */
function readAnd(tokens: readonly Token[]): [Test, readonly Token[]] {
  let [left, rest] = readNot(tokens);
  while (rest[0] !== undefined && rest[0].kind !== 'close' && !isWord(rest[0], 'OR')) {
    const [right, after] = readNot(isWord(rest[0], 'AND') ? rest.slice(1) : rest);
    const earlier = left;
    left = (user) => earlier(user) && right(user);
    rest = after;
  }
  return [left, rest];
}

function readNot(tokens: readonly Token[]): [Test, readonly Token[]] {
  const [first, ...rest] = tokens;
  if (first === undefined) throw invalidQuery('q ends too early');
  if (isWord(first, 'NOT')) {
    const [test, after] = readNot(rest);
    return [(user) => !test(user), after];
  }
  if (first.kind === 'open') {
    const [test, after] = readOr(rest);
    if (after[0]?.kind !== 'close') throw invalidQuery('A parenthesis in q is not closed');
    return [test, after.slice(1)];
  }
  if (first.kind === 'close') throw invalidQuery('A parenthesis in q is not open');
  return [readTerm(first.text), rest];
}

function readTerm(term: string): Test {
  const found = /^(-?)([\w.]+):(.+)$/s.exec(term);
  if (found === null) {
    const matches = readValue(term);
    return (user) => bareFields.some((field) => valuesAt(user, field.split('.')).some(matches));
  }
  const [, minus, field = '', value = ''] = found;
  const path = field.split('.');
  const matches = field === '_exists_' ? undefined : readValue(value);
  const test: Test = (user) =>
    matches === undefined ? valuesAt(user, value.split('.')).length > 0 : valuesAt(user, path).some(matches);
  return minus === '-' ? (user) => !test(user) : test;
}

function readValue(text: string): (value: string) => boolean {
  const range = /^\[(\S+) TO (\S+)\]$/.exec(text);
  if (range !== null) {
    const [, from = '*', to = '*'] = range;
    return (value) => (from === '*' || value >= from) && (to === '*' || value <= to);
  }
  if (text.startsWith('[')) throw invalidQuery('A range in q is not "[from TO to]"');
  const isPhrase = text.startsWith('"');
  const bare = isPhrase ? text.slice(1, -1) : text;
  let pattern = '';
  for (let index = 0; index < bare.length; index += 1) {
    const character = bare.charAt(index);
    if (character === '\\') {
      index += 1;
      pattern += escapePattern(bare.charAt(index));
    } else pattern += character === '*' && !isPhrase ? '.*' : escapePattern(character);
  }
  const expression = new RegExp(`^${pattern}$`, 'is');
  return (value) => expression.test(value);
}

function escapePattern(character: string): string {
  return character.replace(/[.*+?^${}()|[\]\\/]/, '\\$&');
}

/** Every value at a path; lists on the way stand for all of their items. */
function valuesAt(value: unknown, path: readonly string[]): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) {
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? [String(value)]
      : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return valuesAt(new Map<string, unknown>(Object.entries(value)).get(name), rest);
}
