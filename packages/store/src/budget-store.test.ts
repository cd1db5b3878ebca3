import type { BudgetStore } from '@idp-relay/idp-tokens';
import { expect, it } from 'vitest';
import { onEveryDatabase } from '../test/store-suite.ts';
import { createBudgetStore } from './budget-store.ts';

const tenant = 'example.us.auth0.com';
const first = {
  granted: 1,
  underWay: [{ grant: 1, at: 1_790_000_000_123.5, ahead: 0 }],
  left: null,
  limit: 50,
  opensAt: 1_790_000_000_123.5,
  refusals: 0,
  grantedAtRefusal: 0,
};

onEveryDatabase(({ database, anotherDatabase }) => {
  it('keeps the state of each tenant, and tells the time', async () => {
    const store = createBudgetStore(database());
    const started = Date.now();
    const told = await store.change(tenant, (state, now) => {
      expect(state).toBeUndefined();
      return { state: first, result: now };
    });
    expect(Math.abs(told - started)).toBeLessThan(60_000);
    expect(await store.change(tenant, (state = first) => ({ state, result: state }))).toEqual(first);
    const other = await store.change('other.us.auth0.com', (state) => ({ state: first, result: state }));
    expect(other).toBeUndefined();
  });

  it('lets nobody in between, the first time either', async () => {
    const stores = [createBudgetStore(database()), createBudgetStore(await anotherDatabase())];
    const count = (store: BudgetStore): Promise<number> =>
      store.change(tenant, (state = { ...first, granted: 0 }) => {
        const granted = state.granted + 1;
        return { state: { ...state, granted }, result: granted };
      });
    const counts = await Promise.all(Array.from({ length: 20 }, () => stores.map(count)).flat());
    expect(counts.toSorted((one, two) => one - two)).toEqual(
      Array.from({ length: 40 }, (_, index) => index + 1),
    );
  });

  it('changes nothing when the change throws', async () => {
    const store = createBudgetStore(database());
    await store.change(tenant, () => ({ state: first, result: undefined }));
    const failing = store.change(tenant, () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await store.change(tenant, (state = first) => ({ state, result: state }))).toEqual(first);
  });
});
