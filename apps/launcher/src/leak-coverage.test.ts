import { expect, it } from 'vitest';
import { coverageGaps } from './leak-coverage.ts';

const statuses = [200, 400, 401, 403, 404, 409, 424, 429, 431, 500, 502, 503, 504];
const reasons = ['renewal_refused', 'renewal_misconfigured', 'renewal_put_off', 'renewal_unanswered'];
const problems = [{ code: 'user_blocked' }, { code: 'request_timeout' }];
const log = '{"level":20,"msg":"x"}';
const text = JSON.stringify({ code: 'user_blocked', reasons });
const answers = Array.from({ length: 60 }, () => statuses)
  .flat()
  .map((status) => ({ source: `GET /x: ${status}`, text }));

it('finds no gap where everything was seen', () => {
  expect(coverageGaps({ answers, log, problems })).toEqual([]);
});

it.each([
  ['status', { answers: answers.filter(({ source }) => !source.endsWith('504')) }, /status 504/],
  ['problem', { problems: [...problems, { code: 'idp_timeout' }] }, /problem idp_timeout/],
  [
    'problem that only its own page names',
    {
      problems: [...problems, { code: 'idp_timeout' }],
      answers: [...answers, { source: 'GET /problems/idp_timeout: 200', text: '{"code":"idp_timeout"}' }],
    },
    /problem idp_timeout/,
  ],
  [
    'reason',
    { answers: answers.map((answer) => ({ ...answer, text: text.replace('renewal_refused', '') })) },
    /reason renewal_refused/,
  ],
  ['heap', { answers: answers.slice(0, 13) }, /12 errors are no heap/],
  ['log', { log: '{"level":30,"msg":"x"}' }, /did not log/],
])('names a %s that is missing', (_what, changed, gap) => {
  expect(coverageGaps({ answers, log, problems, ...changed })).toEqual([expect.stringMatching(gap)]);
});
