import { expect, it } from 'vitest';
import { nextPage } from './next-page.ts';

const link = (url: string, parameters: string): string => `<${url}>${parameters}`;
const page = (number: number): string => `https://api.github.com/user/repos?per_page=2&page=${number}`;

it.each([
  ['no header', null, undefined],
  [
    'a first page',
    `${link(page(2), '; rel="next"')}, ${link(page(9), '; rel="last"')}`,
    '/user/repos?per_page=2&page=2',
  ],
  [
    'a page in between',
    `${link(page(1), '; rel="prev"')}, ${link(page(3), '; rel="next"')}`,
    '/user/repos?per_page=2&page=3',
  ],
  ['the last page', `${link(page(8), '; rel="prev"')}, ${link(page(1), '; rel="first"')}`, undefined],
  [
    'other parameters first, and no quotes',
    link(page(2), '; title=more; rel=next'),
    '/user/repos?per_page=2&page=2',
  ],
  ['a relation that only begins so', link(page(2), '; rel="next-archive"'), undefined],
  [
    'another host is not followed',
    link('https://elsewhere.example/x?page=2', '; rel="next"'),
    '/user/repos?page=2',
  ],
])('%s', (_name, header, expected) => {
  expect(nextPage('/user/repos?per_page=2', header)).toBe(expected);
});
