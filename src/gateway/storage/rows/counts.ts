import type { Spend, UsageFilter } from '../ports/index.ts';
import { auditHourTallies, type TalliedAudit, talliedAuditColumns } from './audit-hours.ts';
import { keyOf } from './keyed.ts';
import { hourOf, inOrder, partsOf, type Tallied, type Tally, type Timed } from './tally.ts';
import { ofAllPaths, type TalliedUsage, talliedColumns, usageHourNames, usagePathTallies } from './usage-hours.ts';
import type { Integer } from './values.ts';

/** How many rows there are in each hour and what they cost (`tally.ts`). */
export interface CountColumns {
  readonly name: CounterName;
  readonly hour: Integer;
  readonly shard: Integer;
  readonly total: Integer;
  /** Picodollars, in two parts. */
  readonly billions: Integer;
  readonly rest: Integer;
}

/** `spend` and a key: the rows that a budget of one user path counts, its subtree's. */
export type CounterName = 'audit_logs' | 'usage' | 'usage cached' | `spend ${string}`;

export const auditTallied: Tallied<TalliedAudit> = {
  columns: talliedAuditColumns,
  tally: (rows) => [
    ...inOrder(countTallies(rows, () => [{ name: 'audit_logs', cost: 0n }])),
    ...inOrder(auditHourTallies(rows)),
  ],
};

/** Keeps the names for the paths it has seen lately. */
export function usageTallied(): Tallied<TalliedUsage> {
  const sharesOf = usageShares();
  const nameOf = usageHourNames();
  return {
    columns: talliedColumns,
    tally: (rows) => {
      const paths = usagePathTallies(rows, nameOf);
      return [countTallies(rows, sharesOf), ofAllPaths(paths, nameOf), paths].flatMap(inOrder);
    },
  };
}

/** One row's part in a counter. */
interface Share {
  readonly name: CounterName;
  readonly cost: bigint;
}

function usageShares(): (row: TalliedUsage) => readonly Share[] {
  const names = spendCounters();
  return ({ cache_type, user_path, total_cost }) => {
    if (cache_type !== null) return [{ name: 'usage cached', cost: 0n }];
    const counted: Share = { name: 'usage', cost: 0n };
    if (total_cost === null) return [counted];
    return [counted, ...names(user_path).map((name) => ({ name, cost: total_cost }))];
  };
}

/** The counters of all subtrees that hold a path: its own, and those above it. */
export function spendCounters(): (userPath: string) => readonly CounterName[] {
  const known = new Map<string, readonly CounterName[]>();
  return (userPath) => {
    const found = known.get(userPath);
    if (found !== undefined) return found;
    if (known.size >= knownPaths) known.clear();
    const names = [...spendPaths(userPath)].map(spendCounter);
    known.set(userPath, names);
    return names;
  };
}

export function spendCounter(userPath: string): CounterName {
  return `spend ${keyOf(userPath)}`;
}

/** Whether the spend of a path is counted: a path of a thousand segments would make a thousand counters. */
export function isSpendCounted(userPath: string): boolean {
  return (
    userPath.startsWith('/') &&
    userPath.length <= longestCounted &&
    userPath.split('/', deepestCounted + 2).length <= deepestCounted + 1
  );
}

function spendPaths(userPath: string): ReadonlySet<string> {
  const paths = new Set(['/']);
  let end = 0;
  for (let depth = 1; depth <= deepestCounted && end !== -1; depth += 1) {
    end = userPath.indexOf('/', end + 1);
    const path = end === -1 ? userPath : userPath.slice(0, end);
    if (path.length > longestCounted) break;
    paths.add(path);
  }
  return paths;
}

const knownPaths = 1_000;
const deepestCounted = 16;
const longestCounted = 1_024;

export const usageCounters: Readonly<Record<UsageFilter['cacheMode'], readonly CounterName[]>> = {
  uncached: ['usage'],
  cached: ['usage cached'],
  all: ['usage', 'usage cached'],
};

function countTallies<Row extends Timed>(
  rows: readonly Row[],
  sharesOf: (row: Row) => readonly Share[],
): readonly Tally[] {
  const counts = new Map<string, { name: CounterName; hour: number; total: number; cost: bigint }>();
  for (const row of rows) {
    const hour = hourOf(row);
    for (const { name, cost } of sharesOf(row)) {
      const key = `${name} ${hour}`;
      const count = counts.get(key);
      if (count === undefined) {
        counts.set(key, { name, hour, total: 1, cost });
      } else {
        count.total += 1;
        count.cost += cost;
      }
    }
  }
  return [...counts.values()].map(countTally);
}

export function countTally(count: {
  readonly name: CounterName;
  readonly hour: number;
  readonly total: number;
  readonly cost: bigint;
}): Tally {
  const { name, hour, total, cost } = count;
  return { table: 'row_counts', name, hour, given: {}, sums: { total: BigInt(total), ...partsOf(cost) } };
}

/** What counters get of an hour in which the rows of each path came to this. */
export function spendTallies(
  paths: readonly { readonly userPath: string; readonly spend: Spend }[],
  hour: number,
  namesOf: ReturnType<typeof spendCounters>,
): readonly Tally[] {
  const counts = new Map<CounterName, Spend>();
  for (const { userPath, spend } of paths) {
    for (const name of namesOf(userPath)) {
      const others = counts.get(name);
      counts.set(name, others === undefined ? spend : addSpends([others, spend]));
    }
  }
  return Array.from(counts, ([name, { rows, cost }]) => countTally({ name, hour, total: rows, cost: cost ?? 0n }));
}

/** Of nothing the cost is unknown: counters may be left that have come down to 0. */
export function addSpends(spends: readonly Spend[]): Spend {
  const rows = spends.reduce((sum, spend) => sum + spend.rows, 0);
  const cost = spends.reduce((sum, spend) => sum + (spend.cost ?? 0n), 0n);
  return { cost: rows === 0 ? null : cost, rows };
}
