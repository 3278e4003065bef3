import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Spend } from '../ports/index.ts';
import { addSpends, type CounterName } from '../rows/counts.ts';
import type { HourTotal } from '../rows/deep.ts';
import { type CountedSpan, countedSpan, type Span } from '../rows/spans.ts';
import { type TallyTable, wholeOf } from '../rows/tally.ts';
import type { Integer } from '../rows/values.ts';
import type { SqlDialect } from './dialect.ts';

/** Tallies of hours (`rows/tally.ts`) that know what is asked for, and which of them. */
export interface Hours {
  readonly table: TallyTable;
  readonly conditions: readonly Expression<SqlBool>[];
}

/** Those that count all rows of a span. */
export function counters(names: readonly CounterName[]): Hours {
  return { table: 'row_counts', conditions: [sql`name in (${sql.join(names)})`] };
}

/** How many rows of a span match; `countRows` counts those of a part of an hour. */
export async function hoursTotal(
  { db }: SqlDialect,
  { span, ...tallies }: Hours & { readonly span: Span },
  countRows: (end: CountedSpan['ends'][number]) => Promise<number>,
): Promise<number> {
  const { hours, ends } = countedSpan(span);
  const whole = sql<{ readonly total: Integer | null }>`select sum(total) as total ${among(tallies, hours)}`;
  const [{ rows }, ...parts] = await Promise.all([whole.execute(db), ...ends.map(countRows)]);
  return parts.reduce((sum, part) => sum + part, Number(rows[0]?.total ?? 0));
}

/** Newest first. */
export async function hourTotals(
  { db }: SqlDialect,
  tallies: Hours,
  hours: CountedSpan['hours'],
): Promise<readonly HourTotal[]> {
  const hourly = sql<{
    readonly hour: Integer;
    readonly total: Integer;
  }>`select hour, sum(total) as total ${among(tallies, hours)} group by hour order by hour desc`;
  const { rows } = await hourly.execute(db);
  return rows.map(({ hour, total }) => ({ hour: Number(hour), total: Number(total) }));
}

function among({ table, conditions }: Hours, { from, to }: CountedSpan['hours']): RawBuilder<unknown> {
  return sql`from ${sql.table(table)} where ${sql.join([sql`hour >= ${from} and hour < ${to}`, ...conditions], sql` and `)}`;
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
