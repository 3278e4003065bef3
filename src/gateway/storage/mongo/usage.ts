import type { AggregateOptions, Collection, Db } from 'mongodb';
import { storable } from '../../text.ts';
import type { Spend, UsageRow, UsageStore } from '../ports/index.ts';
import { isSpendCounted, spendCounter, usageTallied } from '../rows/counts.ts';
import { insertRows } from '../rows/insert.ts';
import { toUsageRecord, toUsageRow, type UsageRecord } from '../rows/usage.ts';
import { usageReports } from '../rows/usage-reports.ts';
import { usageConditions } from './conditions.ts';
import { spanSpend } from './counts.ts';
import { exact, type UsageDocument } from './documents.ts';
import { translated } from './errors.ts';
import { talliedLog } from './log.ts';
import { pageOf } from './page.ts';
import { newestFirst } from './rows.ts';
import { type Spent, spentSum, toSpend } from './totals.ts';
import { addUp, usageQuery } from './usage-hours.ts';

export function mongoUsage(db: Db, shard: number): UsageStore {
  const written = talliedLog<UsageRecord>(db, { collection: name, shard, tallied: usageTallied() });
  const usage: Collection<UsageDocument> = db.collection(name, exact);
  return {
    insert: (rows) => insertRows(rows, toUsageRecord, written.insert),
    ...usageReports((addition) => addUp(db, addition)),
    async spend(userPath, from, to) {
      const path = storable(userPath);
      return isSpendCounted(path)
        ? spanSpend(db, { name: spendCounter(path), from, to }, (end) => spentBy(usage, path, end, { hint: 'newest' }))
        : spentBy(usage, path, { from, to });
    },
    async log(filter, page) {
      const { rows, total } = await pageOf(usage, usageQuery, { filter, page });
      return { rows: rows.map(fromDocument), total };
    },
    async byRequestIds(requestIds) {
      const found = usage.find({ request_id: { $in: requestIds.map(storable) } }, { projection: usageQuery.omit });
      return (await translated(found.sort(newestFirst).toArray())).map(fromDocument);
    },
    deleteBefore: written.deleteBefore,
  };
}

/** What priced rows that no cache answered cost. */
async function spentBy(
  usage: Collection<UsageDocument>,
  userPath: string,
  span: { readonly from: number; readonly to: number },
  options: AggregateOptions = {},
): Promise<Spend> {
  const match = [usageConditions({ userPath, ...span, cacheMode: 'uncached' }), { total_cost: { $ne: null } }];
  const groups = usage.aggregate<Spent>([{ $match: { $and: match } }, { $group: { _id: null, ...spentSum } }], options);
  const [spent] = await translated(groups.toArray());
  return spent === undefined ? { cost: null, rows: 0 } : toSpend(spent);
}

const name = 'usage';

function fromDocument({ _id, ...rest }: UsageDocument): UsageRow {
  return toUsageRow({ id: _id, ...rest });
}
