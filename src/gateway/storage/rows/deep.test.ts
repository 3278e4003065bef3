import { describe, expect, test } from '@jest/globals';
import { startOf } from './deep.ts';
import type { Span } from './spans.ts';
import { hourMs, hourOf } from './tally.ts';

describe('where a deep page starts', () => {
  test.each<readonly [string, Span]>([
    ['all times', {}],
    ['whole hours', { from: 2 * hourMs, to: 30 * hourMs }],
    ['parts of hours at both ends', { from: 2 * hourMs + 5, to: 30 * hourMs - 1 }],
    ['a part that holds more than is skipped', { from: 0, to: 39 * hourMs + hourMs / 2 }],
    ['less than an hour', { from: 39 * hourMs + 1, to: 40 * hourMs - 1 }],
    ['no time at all', { from: 5 * hourMs, to: 4 * hourMs }],
  ])('leaves the rows that a plain offset leaves: %s', async (_, span) => {
    for (const offset of [0, 1_999, 2_000, 2_001, 3_333, 5_999, 6_000, 8_000, 12_345, 20_000]) {
      const { to, offset: left } = await startOf(span, offset, ask);
      expect([offset, within({ ...span, to: to ?? span.to }).slice(left)]).toStrictEqual([
        offset,
        within(span).slice(offset),
      ]);
    }
  });

  test('reads less than an hour of rows', async () => {
    const { to, offset } = await startOf({}, 9_000, ask);
    expect({ to, offset }).toStrictEqual({ to: expect.any(Number), offset: expect.any(Number) });
    expect(offset).toBeLessThan(320);
  });
});

/** Most in the newest hour, none in every third. */
const rows = [
  ...Array.from({ length: 6_000 }, (_, index) => 39 * hourMs + Math.floor((index * hourMs) / 6_000)),
  ...Array.from({ length: 6_000 }, (_, index) => Math.floor(index / 160) * hourMs + ((index * 7_919) % hourMs)),
]
  .filter((timestamp) => hourOf({ timestamp }) % 3 !== 1)
  .toSorted((one, other) => other - one);

const hours = [...Map.groupBy(rows, (timestamp) => hourOf({ timestamp }))].map(([hour, some]) => ({
  hour,
  total: some.length,
}));

const ask: Parameters<typeof startOf>[2] = {
  hours: async ({ from, to }) => hours.filter(({ hour }) => hour >= from && hour < to),
  rows: async (end) => within(end).length,
};

function within({ from = 0, to }: { readonly from?: number | undefined; readonly to?: number | undefined }) {
  return rows.filter((timestamp) => timestamp >= from && timestamp < (to ?? Number.POSITIVE_INFINITY));
}
