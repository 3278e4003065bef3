import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Listed, Page } from '../ports/index.ts';
import type { CounterName } from '../rows/counts.ts';
import { isNarrow, onlySpan } from '../rows/filters.ts';
import { boundedPage } from '../rows/limits.ts';
import { listed } from '../rows/listed.ts';
import { spanOf } from '../rows/spans.ts';
import type { UsageHourTable } from '../rows/usage-hours.ts';
import type { Integer } from '../rows/values.ts';
import { hoursTotal, spanTotal } from './counts.ts';
import type { SqlDialect } from './dialect.ts';

interface Filter {
  readonly from?: number;
  readonly to?: number;
  readonly userPath?: string;
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

interface Hours {
  readonly table: 'audit_hours' | UsageHourTable;
  readonly conditions: readonly Expression<SqlBool>[];
}

/** Newest first, with the exact total: from the counters where the filter is a span only, else counted. */
export async function pageOf<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  { filter, page }: { readonly filter: Given; readonly page: Page },
): Promise<Listed<Columns>> {
  let counted: Promise<number> | undefined;
  const total = (): Promise<number> => {
    counted ??= totalOf(dialect, log, filter);
    return counted;
  };
  return listed(filter, page, { rows: () => rowsOf(dialect, log, { filter, page, total }), total });
}

async function rowsOf<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  asked: Asked<Given>,
): Promise<readonly Columns[]> {
  const from = await indexed(dialect, log, asked);
  const { limit, offset } = boundedPage(asked.page);
  const { rows } = await sql<Columns>`select ${sql.join(log.columns.map((column) => sql.ref(column)))} from ${from}
    where ${all(log.conditions(dialect, asked.filter))}
    order by "timestamp" desc, id desc limit ${limit} offset ${offset}`.execute(dialect.db);
  return rows;
}

async function totalOf<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  filter: Given,
): Promise<number> {
  const countEnd = (end: Pick<Filter, 'from' | 'to'>) => countRows(dialect, log, { ...filter, ...end });
  if (onlySpan(filter)) return spanTotal(dialect, { ...spanOf(filter), names: log.counters(filter) }, countEnd);
  const hours = log.hours(dialect, filter);
  if (hours === null) return countRows(dialect, log, filter);
  if (log.narrows(filter)) {
    // Few are counted sooner than hours are added up.
    const few = await countRows(dialect, log, filter, fewRows);
    if (few < fewRows) return few;
  }
  return hoursTotal(dialect, { ...spanOf(filter), ...hours }, countEnd);
}

const fewRows = 1_000;

async function countRows<Given extends Filter, Columns>(
  dialect: SqlDialect,
  log: Log<Given, Columns>,
  filter: Given,
  most?: number,
): Promise<number> {
  const matching = sql`${sql.table(log.table)} where ${all(log.conditions(dialect, filter))}`;
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
  const everything = await spanTotal(dialect, { ...spanOf(filter), names: log.counters(filter) }, async () => 0);
  return matching * matching > (offset + limit) * everything;
}

function all(conditions: readonly Expression<SqlBool>[]): Expression<unknown> {
  return conditions.length === 0 ? sql`1 = 1` : sql.join(conditions, sql` and `);
}
