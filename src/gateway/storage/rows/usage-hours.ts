import type { UsageFilter, UsageTotals } from '../ports/index.ts';
import { isNarrow } from './filters.ts';
import { keyOf } from './keyed.ts';
import { hourOf, partsOf, type Tally, wholeOf } from './tally.ts';
import type { UsageRecord } from './usage.ts';
import type { Flag, Integer } from './values.ts';

/** What the usage rows of an hour come to that have model, provider and cached or not in common. */
export interface UsageHourColumns extends UsageHourSums {
  /** `usageHourName`. */
  readonly name: string;
  readonly hour: Integer;
  readonly shard: Integer;
  readonly model: string;
  readonly provider: string;
  readonly provider_name: string | null;
  readonly cached: Flag;
}

/** And the user path: there may be many, so what asks for none need not read them. */
export interface UsagePathHourColumns extends UsageHourColumns {
  readonly user_path: string;
}

export type UsageHourTable = 'usage_hours' | 'usage_path_hours';

type UsageHourSums = Readonly<Record<UsageSum, Integer>>;

/** Numbers are in two parts (`partsOf`); `_rows` have a cost. */
export type UsageSum =
  | 'total'
  | `${TokenColumn | CostColumn}_billions`
  | `${TokenColumn | CostColumn}_rest`
  | `${CostColumn}_rows`;

type TokenColumn = (typeof tokenColumns)[number];
type CostColumn = (typeof costColumns)[number];

const tokenColumns = ['input_tokens', 'output_tokens', 'total_tokens'] as const;
export const costColumns = ['input_cost', 'output_cost', 'total_cost'] as const;
export const summedColumns = [...tokenColumns, ...costColumns] as const;

export const usageSums: readonly UsageSum[] = [
  'total',
  ...summedColumns.flatMap((column) => [`${column}_billions`, `${column}_rest`] as const),
  ...costColumns.map((column) => `${column}_rows` as const),
];

/** What a usage row is tallied by. */
export const talliedColumns = [
  'timestamp',
  'user_path',
  'model',
  'provider',
  'provider_name',
  'cache_type',
  ...summedColumns,
] as const;

export type TalliedUsage = Pick<UsageRecord, (typeof talliedColumns)[number]>;

export const usageHourGiven = ['model', 'provider', 'provider_name', 'cached'] as const;
export const usagePathHourGiven = ['user_path', ...usageHourGiven] as const;

/** What all rows of one tally have in common; of all paths, the path is ''. */
export type UsageHourGiven = Pick<TalliedUsage, 'user_path' | 'model' | 'provider' | 'provider_name'> & {
  readonly cached: boolean;
};

export function usageHourGivenOf(
  row: Omit<TalliedUsage, 'timestamp' | (typeof summedColumns)[number]>,
): UsageHourGiven {
  const { user_path, model, provider, provider_name, cache_type } = row;
  return { user_path, model, provider, provider_name, cached: cache_type !== null };
}

/** One text for all rows of one tally; NUL occurs in no stored text. */
export function sameUsage({ user_path, model, provider, provider_name, cached }: UsageHourGiven): string {
  return [user_path, model, provider, provider_name ?? '', provider_name === null ? 'unnamed' : '', cached].join('\0');
}

/** Of one size whatever it stands for. */
export function usageHourName(given: UsageHourGiven): string {
  return keyOf(...sameUsage(given).split('\0'));
}

/** As `usageHourName`; keeps the names that it has given lately, as a hash for each row would cost more than the rest. */
export function usageHourNames(): typeof usageHourName {
  const known = new Map<string, string>();
  return (given) => {
    const same = sameUsage(given);
    const found = known.get(same);
    if (found !== undefined) return found;
    if (known.size >= knownNames) known.clear();
    const name = usageHourName(given);
    known.set(same, name);
    return name;
  };
}

const knownNames = 2_000;

export function usagePathTallies(
  rows: readonly TalliedUsage[],
  nameOf: typeof usageHourName,
): readonly UsagePathTally[] {
  const groups = new Map<
    string,
    { readonly hour: number; readonly given: UsageHourGiven; readonly rows: TalliedUsage[] }
  >();
  for (const row of rows) {
    const given = usageHourGivenOf(row);
    const hour = hourOf(row);
    const key = `${hour} ${sameUsage(given)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { hour, given, rows: [row] });
    else group.rows.push(row);
  }
  return Array.from(groups.values(), ({ hour, given, rows: some }) => ({
    table: 'usage_path_hours',
    name: nameOf(given),
    hour,
    given: { ...given },
    sums: sumsOf(some),
  }));
}

/** The tallies of all paths together. */
export function ofAllPaths(
  tallies: readonly UsagePathTally[],
  nameOf: typeof usageHourName = usageHourName,
): readonly Tally[] {
  const all = new Map<string, SummedTally>();
  for (const { hour, given, sums } of tallies) {
    const { user_path, ...others } = given;
    const key = `${hour} ${sameUsage({ ...others, user_path: '' })}`;
    const known = all.get(key);
    if (known === undefined) {
      const name = nameOf({ ...others, user_path: '' });
      all.set(key, { table: 'usage_hours', name, hour, given: others, sums: { ...sums } });
    } else {
      for (const column of usageSums) known.sums[column] = (known.sums[column] ?? 0n) + (sums[column] ?? 0n);
    }
  }
  return [...all.values()];
}

interface SummedTally extends Tally {
  readonly sums: Record<string, bigint> & { total: bigint };
}

export interface UsagePathTally extends Tally {
  readonly table: 'usage_path_hours';
  readonly given: UsageHourGiven & Tally['given'];
}

function sumsOf(rows: readonly TalliedUsage[]): Tally['sums'] {
  return tallySums(
    rows.length,
    (column) => rows.reduce((sum, row) => sum + BigInt(row[column] ?? 0), 0n),
    (column) => rows.reduce((known, row) => known + (row[column] === null ? 0 : 1), 0),
  );
}

/** The sums of a tally of so many rows, by what each column comes to and how many rows have a cost. */
export function tallySums(
  total: Integer,
  sumOf: (column: TokenColumn | CostColumn) => bigint,
  rowsOf: (column: CostColumn) => Integer,
): Tally['sums'] {
  const sums: SummedTally['sums'] = { total: BigInt(total) };
  for (const column of summedColumns) {
    const { billions, rest } = partsOf(sumOf(column));
    sums[`${column}_billions`] = billions;
    sums[`${column}_rest`] = rest;
  }
  for (const column of costColumns) sums[`${column}_rows`] = BigInt(rowsOf(column));
  return sums;
}

/** The hours that know what is asked for, and no more than needed. */
export function hoursFor({ userPath }: UsageFilter, by: readonly string[] = []): UsageHourTable {
  return isNarrow(userPath) || by.includes('user_path') ? 'usage_path_hours' : 'usage_hours';
}

/** Whether the hours know all that a filter asks of a row. */
export function knownByHours({ search }: UsageFilter): boolean {
  return !search;
}

/** Sums of nothing may be null. */
export function toTotals(sums: Readonly<Record<UsageSum, Integer | null>>): UsageTotals {
  const sum = (column: TokenColumn | CostColumn) => wholeOf(sums[`${column}_billions`], sums[`${column}_rest`]);
  const cost = (column: CostColumn) => (Number(sums[`${column}_rows`] ?? 0) === 0 ? null : sum(column));
  return {
    requests: Number(sums.total ?? 0),
    inputTokens: Number(sum('input_tokens') ?? 0),
    outputTokens: Number(sum('output_tokens') ?? 0),
    totalTokens: Number(sum('total_tokens') ?? 0),
    inputCost: cost('input_cost'),
    outputCost: cost('output_cost'),
    totalCost: cost('total_cost'),
  };
}

export function addTotals(one: UsageTotals, other: UsageTotals): UsageTotals {
  const cost = (first: bigint | null, second: bigint | null) =>
    first === null || second === null ? (first ?? second) : first + second;
  return {
    requests: one.requests + other.requests,
    inputTokens: one.inputTokens + other.inputTokens,
    outputTokens: one.outputTokens + other.outputTokens,
    totalTokens: one.totalTokens + other.totalTokens,
    inputCost: cost(one.inputCost, other.inputCost),
    outputCost: cost(one.outputCost, other.outputCost),
    totalCost: cost(one.totalCost, other.totalCost),
  };
}
