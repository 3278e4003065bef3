import { expect, test } from '@jest/globals';
import { computed, createBudget } from './budget.ts';

function busy(milliseconds: number): void {
  for (const end = computed() + milliseconds; computed() < end; );
}

test('only what is computed is spent: waiting is free', async () => {
  const budget = createBudget(20, computed);
  const begun = performance.now();
  await budget.run(4096, () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60));
  expect(performance.now() - begun).toBeGreaterThan(50);
  expect(budget.isSpent()).toBe(false);
  await budget.run(1, () => busy(25));
  expect(budget.isSpent()).toBe(true);
});

test('no time is spent from the start', () => {
  expect(createBudget(0, computed).isSpent()).toBe(true);
});

test('short texts are not timed', async () => {
  let reads = 0;
  const budget = createBudget(1, () => (reads += 1));
  await budget.run(1000, () => undefined);
  await budget.run(1000, () => undefined);
  expect([reads, budget.isSpent()]).toEqual([0, false]);
  await budget.run(1000, () => undefined);
  expect([reads, budget.isSpent()]).toEqual([2, true]);
});
