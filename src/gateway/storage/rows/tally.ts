import type { Integer } from './values.ts';

/**
 * What the rows of an hour come to, kept in the transaction that adds or removes them, so that neither the total of a window nor
 * what it adds up to costs a scan (contracts-surface.md 6). Hours, as the days of most time zones begin with one. A process adds to
 * one shard, so that replicas seldom wait for each other; the sum over all counts.
 */
export interface Tally {
  readonly table: TallyTable;
  readonly name: string;
  /** Since 1970 began. */
  readonly hour: number;
  /** What all its rows have in common. */
  readonly given: Readonly<Record<string, string | number | boolean | null>>;
  /** `total` is the number of rows. */
  readonly sums: Readonly<Record<string, bigint>> & { readonly total: bigint };
}

export type TallyTable = 'row_counts' | 'usage_hours' | 'usage_path_hours' | 'audit_hours';

export const hourMs = 3_600_000;

export const shards = 16;

/** What a row is tallied by. */
export interface Timed {
  readonly timestamp: Integer;
}

export function hourOf({ timestamp }: Timed): number {
  return Math.floor(Number(timestamp) / hourMs);
}

/** How the rows of one table are tallied, and by which of their columns. */
export interface Tallied<Row> {
  readonly columns: readonly (keyof Row & string)[];
  /** In one order for all: two transactions that changed the same tallies in different orders would wait for each other. */
  tally(rows: readonly Row[]): readonly Tally[];
}

export function inOrder(tallies: readonly Tally[]): readonly Tally[] {
  return tallies.toSorted((one, other) =>
    one.name === other.name ? one.hour - other.hour : one.name < other.name ? -1 : 1,
  );
}

/** The tally of the same rows, removed. */
export function removed(tally: Tally): Tally {
  const sums = Object.entries(tally.sums).map(([column, sum]) => [column, -sum]);
  return { ...tally, sums: Object.fromEntries(sums) as Tally['sums'] };
}

/** The parts of a number that are added up apart: a 64-bit sum of picodollars overflows below 10^7 USD. */
export function partsOf(value: bigint): { readonly billions: bigint; readonly rest: bigint } {
  return { billions: value / billion, rest: value % billion };
}

/** Parts that are null are the sum of nothing. */
export function wholeOf(billions: Integer | null, rest: Integer | null): bigint | null {
  return billions === null || rest === null ? null : BigInt(billions) * billion + BigInt(rest);
}

const billion = 1_000_000_000n;
