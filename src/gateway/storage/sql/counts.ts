import { type Expression, type SqlBool, sql } from 'kysely';
import type { Spend } from '../ports/index.ts';
import { addSpends, type CounterName } from '../rows/counts.ts';
import { type CountedSpan, countedSpan, type Span } from '../rows/spans.ts';
import { type TallyTable, wholeOf } from '../rows/tally.ts';
import type { Integer } from '../rows/values.ts';
import type { SqlDialect } from './dialect.ts';

/** How many rows a span holds; `countRows` counts those of a part of an hour. */
export function spanTotal(
  dialect: SqlDialect,
  { names, ...span }: Span & { readonly names: readonly CounterName[] },
  countRows: (end: CountedSpan['ends'][number]) => Promise<number>,
): Promise<number> {
  return hoursTotal(
    dialect,
    { ...span, table: 'row_counts', conditions: [sql`name in (${sql.join(names)})`] },
    countRows,
  );
}

/** How many rows of a span match, by the tallies of its hours. */
export async function hoursTotal(
  { db }: SqlDialect,
  {
    table,
    conditions,
    ...span
  }: Span & { readonly table: TallyTable; readonly conditions: readonly Expression<SqlBool>[] },
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
  { db }: SqlDialect,
  { name, ...span }: { readonly name: CounterName; readonly from: number; readonly to: number },
  addUp: (end: CountedSpan['ends'][number]) => Promise<Spend>,
): Promise<Spend> {
  const { hours, ends } = countedSpan(span);
  const whole = db
    .selectFrom('row_counts')
    .where('name', '=', name)
    .where('hour', '>=', hours.from)
    .where('hour', '<', hours.to)
    .select((eb) =>
      (['total', 'billions', 'rest'] as const).map((column) => eb.fn.sum<Integer | null>(column).as(column)),
    );
  const [sum, ...parts] = await Promise.all([whole.executeTakeFirstOrThrow(), ...ends.map(addUp)]);
  return addSpends([{ cost: wholeOf(sum.billions, sum.rest), rows: Number(sum.total ?? 0) }, ...parts]);
}
