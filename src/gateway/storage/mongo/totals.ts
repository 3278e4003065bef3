import type { Decimal128 } from 'mongodb';
import type { Spend, UsageTotals } from '../ports/index.ts';
import type { Tally } from '../rows/tally.ts';
import { tallySums } from '../rows/usage-hours.ts';
import type { Integer } from '../rows/values.ts';

/** Costs are summed as decimals of 34 digits: a 64-bit sum would turn into a double when it overflows. */
export const sums = {
  requests: { $sum: 1 },
  input_tokens: { $sum: '$input_tokens' },
  output_tokens: { $sum: '$output_tokens' },
  total_tokens: { $sum: '$total_tokens' },
  ...costSum('input_cost'),
  ...costSum('output_cost'),
  ...costSum('total_cost'),
};

export interface Totalled<Key> {
  readonly _id: Key;
  readonly requests: Integer;
  readonly input_tokens: Integer;
  readonly output_tokens: Integer;
  readonly total_tokens: Integer;
  readonly input_cost: Decimal128;
  readonly input_cost_rows: Integer;
  readonly output_cost: Decimal128;
  readonly output_cost_rows: Integer;
  readonly total_cost: Decimal128;
  readonly total_cost_rows: Integer;
}

export const spentSum = costSum('total_cost');

export type Spent = Pick<Totalled<null>, 'total_cost' | 'total_cost_rows'>;

export function toSpend({ total_cost, total_cost_rows }: Spent): Spend {
  return { cost: knownCost(total_cost, total_cost_rows), rows: Number(total_cost_rows) };
}

export function toTotals(group: Totalled<unknown>): UsageTotals {
  return {
    requests: Number(group.requests),
    inputTokens: Number(group.input_tokens),
    outputTokens: Number(group.output_tokens),
    totalTokens: Number(group.total_tokens),
    inputCost: knownCost(group.input_cost, group.input_cost_rows),
    outputCost: knownCost(group.output_cost, group.output_cost_rows),
    totalCost: knownCost(group.total_cost, group.total_cost_rows),
  };
}

/** The group as what is added to a tally. */
export function groupSums(group: Totalled<unknown>): Tally['sums'] {
  return tallySums(
    group.requests,
    (column) => BigInt(group[column].toString()),
    (column) => group[`${column}_rows`],
  );
}

// `$sum` over nothing is 0, which would say that the calls were free: the rows behind it are counted.
function costSum(field: string): Record<string, object> {
  return {
    [field]: { $sum: { $toDecimal: `$${field}` } },
    [`${field}_rows`]: { $sum: { $cond: [{ $eq: [`$${field}`, null] }, 0, 1] } },
  };
}

function knownCost(sum: Decimal128, rows: Integer): bigint | null {
  return Number(rows) === 0 ? null : BigInt(sum.toString());
}
