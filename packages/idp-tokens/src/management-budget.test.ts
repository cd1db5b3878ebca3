import { describe, expect, it, vi } from 'vitest';
import { startTestTenant } from '../test/test-tenant.ts';
import { ManagementBudget, systemClock as clock, type BudgetState } from './index.ts';

const soon = (): number => clock.now() + 10_000;
const headers = (remaining: number): Headers =>
  new Headers({ 'x-ratelimit-limit': '10', 'x-ratelimit-remaining': String(remaining), 'retry-after': '60' });

describe('the queue', () => {
  it('lets users go before operators, and those of one kind in their order', async () => {
    const budget = new ManagementBudget({ tenant: 'acme', clock });
    const order: string[] = [];
    const take = async (name: string, priority: 'user' | 'operator'): Promise<void> => {
      const granted = await budget.take(priority, soon);
      order.push(name);
      await budget.hear(granted, { status: 200, headers: headers(2) });
    };
    await Promise.all([
      take('first', 'operator'),
      take('second', 'operator'),
      take('third', 'operator'),
      take('a user', 'user'),
      take('another user', 'user'),
    ]);
    expect(order).toEqual(['a user', 'another user', 'first', 'second', 'third']);
  });

  it('refuses whoever would wait for too long, with the time to wait, and keeps the patient', async () => {
    const budget = new ManagementBudget({ tenant: 'acme', clock });
    const granted = await budget.take('user', soon);
    await budget.hear(granted, { status: 429, headers: new Headers({ 'retry-after': '2' }) });
    const patient = budget.take('user', soon);
    await expect(budget.take('user', () => clock.now() + 1_000)).rejects.toMatchObject({
      code: 'management_rate_limited',
      retryAfterSeconds: 2,
    });
    await expect(patient).resolves.toBeDefined();
    expect(budget.queued).toBe(0);
  });
});

it('without its store each process goes by what it knows itself', async () => {
  const change = vi.fn(() => Promise.reject(new Error('the database is down')));
  const budget = new ManagementBudget({ tenant: 'acme', clock, store: { change } });
  for (const left of [9, 8, 7]) {
    const granted = await budget.take('user', soon);
    await budget.hear(granted, { status: 200, headers: headers(left) });
  }
  expect(budget.snapshot()).toEqual({ limit: 10, remaining: 7 });
  // It is not asked again and again meanwhile.
  expect(change).toHaveBeenCalledTimes(1);
});

it('what was granted without the store tells nothing of it once the store is back', async () => {
  let isDown = false;
  let state: BudgetState | undefined;
  const budget = new ManagementBudget({
    tenant: 'acme',
    clock: { now: () => time, sleep: (...args) => clock.sleep(...args) },
    store: {
      change: async (_tenant, change) => {
        if (isDown) throw new Error('the database is down');
        const changed = change(state, time);
        ({ state } = changed);
        return changed.result;
      },
    },
  });
  let time = clock.now();
  const first = await budget.take('user', () => time + 5_000);
  await budget.hear(first, { status: 200, headers: headers(9) });
  isDown = true;
  const alone = await budget.take('user', () => time + 5_000);
  isDown = false;
  time += 6_000;
  const before = state;
  await budget.hear(alone, { status: 200, headers: headers(0) });
  expect(state).toEqual(before);
});

it('two processes that share a store share what is left', async () => {
  let state: BudgetState | undefined;
  const store = {
    change: async <Result>(
      _tenant: string,
      change: (state: BudgetState | undefined, now: number) => { state: BudgetState; result: Result },
    ): Promise<Result> => {
      const changed = change(state, clock.now());
      ({ state } = changed);
      return changed.result;
    },
  };
  const [one, other] = [1, 2].map(() => new ManagementBudget({ tenant: 'acme', clock, store }));
  const first = await one?.take('user', soon);
  if (first !== undefined) await one?.hear(first, { status: 200, headers: headers(2) });
  await other?.take('user', soon);
  await one?.take('user', soon);
  await expect(other?.take('user', () => clock.now() + 100)).rejects.toMatchObject({
    code: 'management_rate_limited',
  });
});

it('a hundred first reads at once against a tenant that takes fewer: none fails, and none is refused', async () => {
  const test = await startTestTenant();
  test.tenant.control.setRateLimitPlan('enterprise-production');
  const readings = Array.from({ length: 100 }, (_, index) =>
    test.profiles.get(`github|nobody-${index}`, { deadline: clock.now() + 60_000 }),
  );
  const results = await Promise.allSettled(readings);
  for (const result of results)
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'user_not_found' } });
  // A refused request would have been sent again.
  expect(test.tenant.faults.count('management')).toBe(100);
}, 30_000);
