import { sql } from 'kysely';
import { storable } from '../../text.ts';
import type { Spend, UsageFilter, UsageStore } from '../ports/index.ts';
import { isSpendCounted, spendCounter, usageCounters, usageTallied } from '../rows/counts.ts';
import { isNarrow } from '../rows/filters.ts';
import { insertRows } from '../rows/insert.ts';
import { wholeOf } from '../rows/tally.ts';
import { toUsageRecord, toUsageRow, type UsageColumns, type UsageRecord, usageColumns } from '../rows/usage.ts';
import { hoursFor, knownByHours } from '../rows/usage-hours.ts';
import { usageReports } from '../rows/usage-reports.ts';
import type { Integer } from '../rows/values.ts';
import { usageConditions, usageHourConditions } from './conditions.ts';
import { spanSpend } from './counts.ts';
import type { SqlDialect, Writer } from './dialect.ts';
import { type Log, pageOf } from './page.ts';
import { deleteOlder } from './retention.ts';
import { addUp } from './usage-hours.ts';

export function sqlUsage(dialect: SqlDialect, write: Writer<UsageRecord>): UsageStore {
  const { db } = dialect;
  const tallied = usageTallied();
  return {
    insert: (rows) => insertRows(rows, toUsageRecord, write),
    ...usageReports((addition) => addUp(dialect, addition)),
    async spend(userPath, from, to) {
      const path = storable(userPath);
      return isSpendCounted(path)
        ? spanSpend(dialect, { name: spendCounter(path), from, to }, (end) => spentBy(dialect, path, end, 'newest'))
        : spentBy(dialect, path, { from, to }, 'user_path');
    },
    async log(filter, page) {
      const { rows, total } = await pageOf(dialect, log, { filter, page });
      return { rows: rows.map(toUsageRow), total };
    },
    async byRequestIds(requestIds) {
      const rows = await db
        .selectFrom('usage')
        .select(usageColumns)
        .where('request_id', 'in', dialect.texts(requestIds.map(storable)))
        .orderBy('timestamp', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map(toUsageRow);
    },
    deleteBefore: (timestamp) =>
      deleteOlder(dialect, { table: 'usage', key: 'id', time: 'timestamp', tallied }, timestamp),
  };
}

/** What priced rows that no cache answered cost. */
async function spentBy(
  dialect: SqlDialect,
  userPath: string,
  span: { readonly from: number; readonly to: number },
  index: 'newest' | 'user_path',
): Promise<Spend> {
  const conditions = usageConditions(dialect, { userPath, ...span, cacheMode: 'uncached' });
  const { rows } = await sql<Spent>`select count(*) as rows, sum(total_cost / 1000000000) as billions,
      sum(total_cost % 1000000000) as rest
    from ${dialect.by?.('usage', index) ?? sql.table('usage')}
    where total_cost is not null and ${sql.join(conditions, sql` and `)}`.execute(dialect.db);
  const [sum] = rows;
  return { cost: wholeOf(sum?.billions ?? null, sum?.rest ?? null), rows: Number(sum?.rows ?? 0) };
}

interface Spent {
  readonly rows: Integer;
  readonly billions: Integer | null;
  readonly rest: Integer | null;
}

const log: Log<UsageFilter, UsageColumns> = {
  table: 'usage',
  columns: usageColumns,
  conditions: usageConditions,
  counters: ({ cacheMode }) => usageCounters[cacheMode],
  hours: (dialect, filter) =>
    knownByHours(filter) ? { table: hoursFor(filter), conditions: usageHourConditions(dialect, filter) } : null,
  narrows: ({ userPath, model, provider }) => isNarrow(userPath) || model !== undefined || provider !== undefined,
};
