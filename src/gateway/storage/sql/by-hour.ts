import { type RawBuilder, sql } from 'kysely';
import type { CounterName } from '../rows/counts.ts';
import { hourMs, type TallyTable } from '../rows/tally.ts';
import type { Integer } from '../rows/values.ts';
import type { SqlTypes, Statement, Statements } from './dialect.ts';
import { plain, rowsOf } from './statements.ts';

/** A table of tallies. By hour first: hours come one after the other, and windows are read so. */
export function tallyTable({ text, integer }: SqlTypes, table: TallyTable, columns: string): Statement {
  return plain(`create table ${table} (name ${text} not null, hour ${integer} not null, shard ${integer} not null,
    ${columns}, primary key (hour, name, shard))`);
}

/** Tallies what is there: hour by hour, as the rows of all may be more than memory holds. */
export function* eachHour(
  counters: readonly CounterName[],
  tallyHour: (hour: number) => Statements<void>,
): Statements<void> {
  const names = counters.map((name) => `'${name}'`).join(', ');
  const hours = yield* rowsOf<{ readonly hour: Integer }>(
    plain(`select distinct hour from row_counts where name in (${names}) and total > 0 order by hour`),
  );
  for (const { hour } of hours) yield* tallyHour(Number(hour));
}

export function inHour(hour: number): RawBuilder<boolean> {
  return sql`"timestamp" >= ${hour * hourMs} and "timestamp" < ${(hour + 1) * hourMs}`;
}
