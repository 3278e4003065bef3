import { type Expression, type SqlBool, sql } from 'kysely';
import type { Spend } from '../ports/index.ts';
import { addSpends, type CounterName } from '../rows/counts.ts';
import { type CountedSpan, countedSpan, type Span } from '../rows/spans.ts';
import { wholeOf } from '../rows/tally.ts';
import type { UsageHourTable } from '../rows/usage-hours.ts';
import type { Integer } from '../rows/values.ts';
import type { SqlDialect } from './dialect.ts';

/** How many rows a span holds; `countRows` counts those of a part of an hour. */
export async function spanTotal(
  dialect: SqlDialect,
  span: { readonly names: readonly CounterName[]; readonly from?: number; readonly to?: number },
  countRows: (end: CountedSpan['ends'][number]) => Promise<number>,
): Promise<number> {
  const { hours, ends } = countedSpan(span);
  const whole = countersOf(dialect, span.names, hours).select((eb) => eb.fn.sum<bigint | null>('total').as('total'));
  const [{ total }, ...parts] = await Promise.all([whole.executeTakeFirstOrThrow(), ...ends.map(countRows)]);
  return parts.reduce((sum, part) => sum + part, Number(total ?? 0));
}

/** How many rows of a span match, by the tallies of its hours. */
export async function hoursTotal(
  { db }: SqlDialect,
  {
    table,
    conditions,
    ...span
  }: Span & { readonly table: 'audit_hours' | UsageHourTable; readonly conditions: readonly Expression<SqlBool>[] },
  countRows: (end: CountedSpan['ends'][number]) => Promise<number>,
): Promise<number> {
  const { hours, ends } = countedSpan(span);
  const matching = sql.join([sql`hour >= ${hours.from} and hour < ${hours.to}`, ...conditions], sql` and `);
  const hourly = sql<{
    readonly total: Integer | null;
  }>`select sum(total) as total from ${sql.table(table)} where ${matching}`;
  const [{ rows }, ...parts] = await Promise.all([hourly.execute(db), ...ends.map(countRows)]);
  return parts.reduce((sum, part) => sum + part, Number(rows[0]?.total ?? 0));
}

/** What a span's rows cost together; `addUp` does so for a part of an hour. */
export async function spanSpend(
  dialect: SqlDialect,
  span: { readonly name: CounterName; readonly from: number; readonly to: number },
  addUp: (end: CountedSpan['ends'][number]) => Promise<Spend>,
): Promise<Spend> {
  const { hours, ends } = countedSpan(span);
  const whole = countersOf(dialect, [span.name], hours).select((eb) =>
    (['total', 'billions', 'rest'] as const).map((column) => eb.fn.sum<Integer | null>(column).as(column)),
  );
  const [sum, ...parts] = await Promise.all([whole.executeTakeFirstOrThrow(), ...ends.map(addUp)]);
  return addSpends([{ cost: wholeOf(sum.billions, sum.rest), rows: Number(sum.total ?? 0) }, ...parts]);
}

function countersOf({ db }: SqlDialect, names: readonly CounterName[], hours: CountedSpan['hours']) {
  return db
    .selectFrom('row_counts')
    .where('name', 'in', names)
    .where('hour', '>=', hours.from)
    .where('hour', '<', hours.to);
}
