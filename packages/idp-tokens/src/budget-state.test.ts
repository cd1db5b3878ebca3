import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropRequest, grantRequests, hearAnswer, unknownBudget, type BudgetState } from './budget-state.ts';

const now = 1_790_000_000_000;
const said = (remaining: number, limit = 50, seconds = 1): Headers =>
  new Headers({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(now / 1000 + seconds),
  });
const known = (left: number): BudgetState => ({ ...unknownBudget, left, limit: 50, opensAt: now });

describe('requests are granted', () => {
  it('one at first, to find out what the tenant takes', () => {
    const first = grantRequests(unknownBudget, 10, 0, now);
    expect(first.count).toBe(1);
    expect(grantRequests(first.state, 10, 0, now).count).toBe(0);
    const heard = hearAnswer(first.state, { grantedAt: 1, status: 200, headers: said(49) }, now);
    expect(grantRequests(heard, 10, 0, now).count).toBe(10);
  });

  it('as many as are left, less what is under way, since that may arrive later', () => {
    const granted = grantRequests(known(10), 4, 0, now).state;
    const heard = hearAnswer(granted, { grantedAt: 4, status: 200, headers: said(9) }, now);
    // Three were ahead of it.
    expect(heard.left).toBe(6);
    const alone = grantRequests(dropRequest(dropRequest(heard, 1), 2), 1, 0, now).state;
    expect(alone.underWay).toEqual([
      { grant: 3, at: now, ahead: 2 },
      { grant: 5, at: now, ahead: 1 },
    ]);
    expect(hearAnswer(alone, { grantedAt: 5, status: 200, headers: said(8) }, now).left).toBe(7);
  });

  it('again after whoever sent the others has died', () => {
    const granted = grantRequests(known(10), 10, 0, now).state;
    const later = grantRequests(granted, 1, 0, now + 20_000).state;
    const answer = { grantedAt: 11, status: 200, headers: said(9) };
    expect(hearAnswer(later, answer, now + 20_100).left).toBe(9);
  });

  it('without limit where the tenant names none', () => {
    const { state } = grantRequests(unknownBudget, 1, 0, now);
    const heard = hearAnswer(state, { grantedAt: 1, status: 200, headers: new Headers() }, now);
    expect(grantRequests(heard, 1_000, 1, now).count).toBe(1_000);
  });

  it('with some spared for others', () => {
    expect(grantRequests(known(3), 5, 1, now).count).toBe(2);
    expect(grantRequests(known(1), 5, 1, now).count).toBe(0);
    expect(grantRequests(known(1), 5, 0, now).count).toBe(1);
    // What was left a second ago may be more by now, and somebody has to find out.
    expect(grantRequests(known(1), 5, 1, now + 1_000).count).toBe(1);
  });

  it('one, once the tenant said that there will be more', () => {
    const heard = hearAnswer(known(1), { grantedAt: 0, status: 200, headers: said(0, 50, 7) }, now);
    expect(grantRequests(heard, 5, 0, now + 6_999)).toMatchObject({ count: 0, waitMs: 1 });
    expect(grantRequests(heard, 5, 0, now + 7_000).count).toBe(1);
  });
});

describe('a 429', () => {
  const refused = (state: BudgetState, seconds: string, grantedAt = state.granted): BudgetState =>
    hearAnswer(state, { grantedAt, status: 429, headers: new Headers({ 'retry-after': seconds }) }, now);

  it('ends everything for as long as it says, and for longer each time', () => {
    expect(grantRequests(refused(known(10), '9'), 1, 0, now)).toMatchObject({ count: 0, waitMs: 9_000 });
    expect(grantRequests(refused(known(10), '0'), 1, 0, now).waitMs).toBe(1_000);
    expect(grantRequests(refused(refused(known(10), '0'), '0'), 1, 0, now).waitMs).toBe(2_000);
  });

  it('is not undone by an answer to what was sent before it', () => {
    const granted = grantRequests(known(10), 5, 0, now).state;
    const late = { grantedAt: 3, status: 200, headers: said(20) };
    const state = hearAnswer(refused(granted, '9', 5), late, now);
    expect(grantRequests(state, 1, 0, now).count).toBe(0);
  });

  it('is over with the first good answer after it', () => {
    const paused = refused(known(10), '1');
    const tried = grantRequests(paused, 5, 0, now + 1_000);
    expect(tried.count).toBe(1);
    const good = { grantedAt: tried.state.granted, status: 200, headers: said(7) };
    expect(grantRequests(hearAnswer(tried.state, good, now + 1_100), 9, 0, now + 1_100).count).toBe(7);
  });
});

it('never more requests are under way than the tenant has left, however its answers come back', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ wanted: fc.integer({ min: 1, max: 9 }), answered: fc.nat(4) }), { maxLength: 40 }),
      fc.integer({ min: 1, max: 30 }),
      (steps, limit) => {
        // A tenant that gives nothing back: each request that arrives takes one from the bucket.
        let left = limit;
        let state = unknownBudget;
        const onTheirWay: number[] = [];
        const answers: { grantedAt: number; headers: Headers }[] = [];
        for (const { wanted, answered } of steps) {
          const { state: next, count } = grantRequests(state, wanted, 0, now);
          for (let sent = 0; sent < count; sent += 1) onTheirWay.push(state.granted + sent + 1);
          state = next;
          // Requests overtake each other, and so do answers.
          for (let moved = 0; moved < answered; moved += 1) {
            const [grantedAt] = onTheirWay.splice((wanted * 5 + moved) % (onTheirWay.length || 1), 1);
            if (grantedAt !== undefined) {
              left -= 1;
              answers.push({ grantedAt, headers: said(Math.max(0, left), limit) });
            }
            const [answer] = moved % 2 ? answers.splice((wanted * 7 + moved) % (answers.length || 1), 1) : [];
            if (answer) state = hearAnswer(state, { ...answer, status: 200 }, now);
          }
          if (left - onTheirWay.length < 0) return false;
        }
        return true;
      },
    ),
  );
});
