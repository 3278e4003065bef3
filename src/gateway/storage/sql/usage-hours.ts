import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Slice } from '../rows/spans.ts';
import {
  costColumns,
  hoursFor,
  summedColumns,
  toTotals,
  type UsageHourTable,
  type UsageSum,
  usageSums,
} from '../rows/usage-hours.ts';
import { type Addition, type Sum, slicesFor, type UsageKey } from '../rows/usage-reports.ts';
import type { Integer } from '../rows/values.ts';
import { usageConditions, usageHourConditions } from './conditions.ts';
import type { SqlDialect } from './dialect.ts';

/** As `AddUp` says, in one statement. */
export async function addUp<By extends UsageKey>(
  dialect: SqlDialect,
  { filter, spans, by }: Addition<By>,
): Promise<readonly Sum<By>[]> {
  const addends = addendsOf(dialect, { filter, spans, by });
  if (addends.length === 0) return [];
  const keys = by.map((key) => sql.ref(key));
  const sums = usageSums.map((column) => sql`sum(${sql.ref(column)}) as ${sql.ref(column)}`);
  const order = keys.map((key) => sql`${key} nulls first`);
  const groups = by.length === 0 ? sql`` : sql`group by ${sql.join(keys)} order by ${sql.join(order)}`;
  const query = sql<
    Added<By>
  >`select ${sql.join([...keys, ...sums])} from (${sql.join(addends, sql` union all `)}) as part ${groups}`;
  const { rows } = await query.execute(dialect.db);
  return rows.map((row) => ({ key: row, totals: toTotals(row) }));
}

type Added<By extends UsageKey> = Readonly<Record<UsageSum, Integer | null>> & Sum<By>['key'];

function addendsOf(dialect: SqlDialect, { filter, spans, by }: Addition<UsageKey>): readonly RawBuilder<unknown>[] {
  const { hours, ends } = slicesFor(filter, spans);
  const keys = by.flatMap((key) => (key === 'position' ? [] : [sql.ref(key)]));
  const sums = [...keys, ...usageSums.map((column) => sql.ref(column))];
  const tallies = { table: hoursFor(filter, by), time: 'hour', columns: sums } as const;
  const rows = { table: 'usage', time: 'timestamp', columns: [...keys, ...sumsOfOne] } as const;
  return [
    ...part(dialect, { ...tallies, slices: hours, conditions: usageHourConditions(dialect, filter) }),
    ...part(dialect, { ...rows, slices: ends, conditions: usageConditions(dialect, filter) }),
  ];
}

interface Part {
  readonly table: 'usage' | UsageHourTable;
  readonly time: 'timestamp' | 'hour';
  readonly slices: readonly Slice[];
  readonly columns: readonly RawBuilder<unknown>[];
  readonly conditions: readonly Expression<SqlBool>[];
}

// `cross` makes SQLite begin with the slices: each is a range of the index, where each row would be held against all of them.
function part(dialect: SqlDialect, { table, time, slices, columns, conditions }: Part): readonly RawBuilder<unknown>[] {
  const [first] = slices;
  if (first === undefined) return [];
  const within = (position: RawBuilder<unknown>, from: RawBuilder<unknown>, range: RawBuilder<unknown>) =>
    sql`select ${position} as position, ${sql.join(columns)} from ${from} where ${sql.join([range, ...conditions], sql` and `)}`;
  const at = sql.ref(time);
  return slices.length === 1
    ? [within(sql.lit(first.position), sql.table(table), sql`${at} >= ${first.low} and ${at} < ${first.high}`)]
    : [
        within(
          sql`slice.position`,
          sql`${dialect.buckets(slices)} as slice cross join ${sql.table(table)}`,
          sql`${at} >= slice.low and ${at} < slice.high`,
        ),
      ];
}

export const sumsOfOne: readonly RawBuilder<unknown>[] = [
  sql`1 as total`,
  ...summedColumns.flatMap((column) => [
    sql`${sql.ref(column)} / 1000000000 as ${sql.ref(`${column}_billions`)}`,
    sql`${sql.ref(column)} % 1000000000 as ${sql.ref(`${column}_rest`)}`,
  ]),
  ...costColumns.map(
    (column) => sql`case when ${sql.ref(column)} is null then 0 else 1 end as ${sql.ref(`${column}_rows`)}`,
  ),
];
