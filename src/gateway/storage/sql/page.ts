import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Listed, Page } from '../ports/index.ts';
import type { CounterName } from '../rows/counts.ts';
import { type Start, startOf } from '../rows/deep.ts';
import { isNarrow, onlySpan } from '../rows/filters.ts';
import { boundedPage } from '../rows/limits.ts';
import { listed, type Read } from '../rows/listed.ts';
import { spanOf } from '../rows/spans.ts';
import type { Integer } from '../rows/values.ts';
import { counters, type Hours, hoursTotal, hourTotals } from './counts.ts';
import type { SqlDialect } from './dialect.ts';

interface Filter {
  readonly from?: number;
  readonly to?: number;
  readonly userPath?: string;
  readonly search?: string;
}

/** What rows are listed by. */
interface Placed {
  readonly timestamp: Integer;
  readonly id: string;
}

/** A table that only grows, and how it is listed. */
export interface Log<Given extends Filter, Columns> {
  readonly table: 'audit_logs' | 'usage';
  readonly columns: readonly (keyof Columns & string)[];
  conditions(dialect: SqlDialect, filter: Given): readonly Expression<SqlBool>[];
  counters(filter: Given): readonly CounterName[];
  /** Where hours are tallied by what the filter asks, and their conditions; null where those do not know all of it. */
  hours(dialect: SqlDialect, filter: Given): Hours | null;
  /** Whether an index but that of time can find the rows, so that either may be the better. */
  narrows(filter: Given): boolean;
}

/** Newest first, with the exact total: from the counters where the filter is a span only, else counted. */
export async function pageOf<Given extends Filter, Columns extends Placed>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  { filter, page }: { readonly filter: Given; readonly page: Page },
): Promise<Listed<Columns>> {
  let counted: Promise<number> | undefined;
  const total = (read?: Read<Columns>): Promise<number> => {
    counted ??= totalOf(dialect, log, { filter, read });
    return counted;
  };
  return listed(filter, page, { rows: () => rowsOf(dialect, log, { filter, page, total }), total });
}

async function rowsOf<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  asked: Asked<Given>,
): Promise<readonly Columns[]> {
  const { offset, ...span } = await startFor(dialect, log, asked);
  const { limit } = boundedPage(asked.page);
  const from = await indexed(dialect, log, { ...asked, page: { limit, offset } });
  const { rows } = await sql<Columns>`select ${sql.join(log.columns.map((column) => sql.ref(column)))} from ${from}
    where ${all(log.conditions(dialect, { ...asked.filter, ...span }))}
    order by "timestamp" desc, id desc limit ${limit} offset ${offset}`.execute(dialect.db);
  return rows;
}

/** Where a page's rows begin. */
async function startFor<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  { filter, page }: Pick<Asked<Given>, 'filter' | 'page'>,
): Promise<Start> {
  const { offset } = boundedPage(page);
  const tallies = talliesOf(dialect, log, filter);
  return tallies === null
    ? { offset }
    : startOf(spanOf(filter), offset, {
        hours: (hours) => hourTotals(dialect, tallies, hours),
        rows: (end) => countRows(dialect, log, { ...filter, ...end }),
      });
}

function talliesOf<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  filter: Given,
): Hours | null {
  return onlySpan(filter) ? counters(log.counters(filter)) : log.hours(dialect, filter);
}

async function totalOf<Given extends Filter, Columns extends Placed>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  { filter, read }: { readonly filter: Given; readonly read: Read<Columns> | undefined },
): Promise<number> {
  const tallies = talliesOf(dialect, log, filter);
  if (tallies === null) {
    return read === undefined
      ? countRows(dialect, log, filter)
      : read.rows + (await countRows(dialect, log, filter, { after: read.last }));
  }
  if (log.narrows(filter)) {
    // Few are counted sooner than hours are added up.
    const few = await countRows(dialect, log, filter, { most: fewRows });
    if (few < fewRows) return few;
  }
  return hoursTotal(dialect, { ...tallies, span: spanOf(filter) }, (end) =>
    countRows(dialect, log, { ...filter, ...end }),
  );
}

const fewRows = 1_000;

async function countRows<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  filter: Given,
  { after, most }: { readonly after?: Placed; readonly most?: number } = {},
): Promise<number> {
  const conditions = [...log.conditions(dialect, filter), ...(after === undefined ? [] : older(after))];
  const matching = sql`${sql.table(log.table)} where ${all(conditions)}`;
  const counted = most === undefined ? matching : sql`(select 1 from ${matching} limit ${most}) as matching`;
  const { rows } = await sql<{ readonly total: Integer }>`select count(*) as total from ${counted}`.execute(dialect.db);
  return Number(rows[0]?.total ?? 0);
}

interface Asked<Given> {
  readonly filter: Given;
  readonly page: Page;
  /** Counts once. */
  total(): Promise<number>;
}

/** The table, to be read by the index that takes the fewest rows. */
async function indexed<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  asked: Asked<Given>,
): Promise<RawBuilder<unknown>> {
  const { by } = dialect;
  if (by === null || !log.narrows(asked.filter)) {
    return sql.table(log.table);
  }
  if (await fillsSoon(dialect, log, asked)) {
    return by(log.table, 'newest');
  }
  return isNarrow(asked.filter.userPath) ? by(log.table, 'user_path') : sql.table(log.table);
}

/**
 * Few matching rows are found by what they have in common, and sorted. Where many match, a page is full soon on the way from the
 * newest row: after about `all / matching` rows for each row of it.
 */
async function fillsSoon<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  { filter, page, total }: Asked<Given>,
): Promise<boolean> {
  const { limit, offset } = boundedPage(page);
  const matching = await total();
  const span = spanOf(filter);
  const everything = await hoursTotal(dialect, { ...counters(log.counters(filter)), span }, async () => 0);
  return matching * matching > (offset + limit) * everything;
}

/** What follows a row, newest first. */
function older({ timestamp, id }: Placed): readonly Expression<SqlBool>[] {
  return [sql`"timestamp" <= ${timestamp}`, sql`("timestamp" < ${timestamp} or id < ${id})`];
}

function all(conditions: readonly Expression<SqlBool>[]): Expression<unknown> {
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` and `);
}
