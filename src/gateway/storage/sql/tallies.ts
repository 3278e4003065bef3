import { type RawBuilder, sql } from 'kysely';
import { hourMs, removed, type Tally, type TallyTable } from '../rows/tally.ts';
import { tallyColumns } from '../rows/tally-columns.ts';
import type { Integer } from '../rows/values.ts';
import type { SqlDialect, Statements } from './dialect.ts';
import { run } from './statements.ts';

/** The hour of a time before 1970 as well: the remainder of a negative number is negative in both engines. */
export function hourOfColumn(column: string): string {
  return `((${column} - ((${column} % ${hourMs}) + ${hourMs}) % ${hourMs}) / ${hourMs})`;
}

export function tallyColumnsOf(table: TallyTable): readonly string[] {
  const { given, sums } = tallyColumns[table];
  return ['name', 'hour', 'shard', ...given, ...sums];
}

/** What a tally that is there already takes. */
export function addedTo(table: TallyTable): string {
  const sums = tallyColumns[table].sums.map((column) => `${column} = ${table}.${column} + excluded.${column}`);
  return `on conflict (name, hour, shard) do update set ${sums.join(', ')}`;
}

/** In the order of `tallyColumnsOf`. */
export function tallyValues({ table, name, hour, given, sums }: Tally, shard: number) {
  const columns = tallyColumns[table];
  const values = [...columns.given.map((column) => given[column]), ...columns.sums.map((column) => sums[column])];
  return [name, hour, shard, ...values];
}

/** Adds what new rows come to, in their transaction. */
export function* addTallies(dialect: SqlDialect, tallies: readonly Tally[]): Statements<void> {
  for (const [table, all] of byTable(tallies)) {
    for (let from = 0; from < all.length; from += together) {
      yield* run(compiled(dialect, insertion(dialect, table, all.slice(from, from + together))));
    }
  }
}

/** Takes off what removed rows came to, in their transaction. A tally of no rows goes: it would outlast all rows. */
export function* removeTallies(dialect: SqlDialect, tallies: readonly Tally[]): Statements<void> {
  for (const [table, all] of byTable(tallies)) {
    const kept = Map.groupBy(yield* held(dialect, table, all), ({ name, hour }) => `${name} ${hour}`);
    const left = all.map(removed).map((tally) => {
      const own = kept.get(`${tally.name} ${tally.hour}`) ?? [];
      return { tally, own, total: own.reduce((sum, { total }) => sum + BigInt(total), tally.sums.total) };
    });
    const gone = left.flatMap(({ total, own }) => (total === 0n ? own : []));
    if (gone.length > 0) yield* run(compiled(dialect, deletion(dialect, table, gone)));
    yield* addTallies(
      dialect,
      left.flatMap(({ total, tally }) => (total === 0n ? [] : [tally])),
    );
  }
}

const together = 100;

interface Kept {
  readonly name: string;
  readonly hour: Integer;
  readonly shard: Integer;
  readonly total: Integer;
}

function byTable(tallies: readonly Tally[]): Iterable<[TallyTable, readonly Tally[]]> {
  return Map.groupBy(tallies, ({ table }) => table);
}

function insertion({ shard }: SqlDialect, table: TallyTable, tallies: readonly Tally[]): RawBuilder<unknown> {
  const rows = tallies.map((tally) => sql`(${sql.join(tallyValues(tally, shard))})`);
  const columns = tallyColumnsOf(table).map((column) => sql.ref(column));
  return sql`insert into ${sql.table(table)} (${sql.join(columns)}) values ${sql.join(rows)} ${sql.raw(addedTo(table))}`;
}

/** These tallies in all shards; whoever adds to them waits, in the order in which all add. */
function held(dialect: SqlDialect, table: TallyTable, tallies: readonly Tally[]): Statements<readonly Kept[]> {
  const found = sql<Kept>`select name, hour, shard, total from ${sql.table(table)} where ${among(dialect, tallies)}
    order by name, hour, shard ${dialect.held}`;
  return run(compiled(dialect, found));
}

// Those alone that were read: another process may have begun a shard since.
function deletion(dialect: SqlDialect, table: TallyTable, gone: readonly Kept[]): RawBuilder<unknown> {
  const keys = gone.map(({ name, hour, shard }) => `${name} ${hour} ${shard}`);
  return sql`delete from ${sql.table(table)} where ${among(dialect, gone)}
    and name || ' ' || hour || ' ' || shard in ${dialect.texts(keys)}`;
}

function among(
  dialect: SqlDialect,
  some: readonly { readonly name: string; readonly hour: Integer }[],
): RawBuilder<unknown> {
  const hours = some.map(({ hour }) => Number(hour));
  return sql`name in ${dialect.texts(some.map(({ name }) => name))}
    and hour between ${Math.min(...hours)} and ${Math.max(...hours)}`;
}

function compiled<Row>({ db }: SqlDialect, query: RawBuilder<Row>) {
  return { compile: () => query.compile(db) };
}
