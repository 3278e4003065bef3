import type { Db, Document } from 'mongodb';
import { type AuditHourGiven, auditHourGiven, auditHourTally } from '../rows/audit-hours.ts';
import { type CounterName, countTally, spendCounters, spendTallies } from '../rows/counts.ts';
import { hourMs, hourOf, inOrder, type Tally } from '../rows/tally.ts';
import { ofAllPaths, type UsageHourGiven, usageHourName } from '../rows/usage-hours.ts';
import { exact } from './documents.ts';
import { putFirst } from './tallies.ts';
import { groupSums, type Spent, spentSum, sums, type Totalled, toSpend } from './totals.ts';
import { transaction } from './transaction.ts';

/** Tallies of the documents of one hour. */
interface Backfill {
  readonly version: number;
  readonly collection: 'audit_logs' | 'usage';
  readonly groups: readonly Document[];
  tally(groups: readonly Document[], hour: number): readonly Tally[];
}

/**
 * Tallies what is there, an hour at a time: MongoDB ends a transaction after a minute, and a start that was interrupted goes on
 * where the last one came to. Replicas may do so beside each other: an hour is tallied as it was before any of them took rows, as
 * the version that says that the migration is done is read with the hour.
 */
async function backfill(db: Db, { version, collection, groups, tally }: Backfill): Promise<void> {
  const progress = `${version} ${collection}`;
  for (let hour = await nextHour(db, collection, null); hour !== null; hour = await nextHour(db, collection, hour)) {
    const current = hour;
    const done = await transaction(db, async (session) => {
      const versions = db.collection<Version>('schema_migrations');
      if ((await versions.findOne({ _id: version }, { session })) !== null) return Number.POSITIVE_INFINITY;
      const before = await versions.findOne({ _id: progress }, { session });
      if (before?.hour !== undefined && before.hour >= current) return before.hour;
      const stages = [{ $match: within(current) }, ...groups];
      const found = await db.collection(collection, exact).aggregate(stages, { session, hint: 'newest' }).toArray();
      await putFirst(db, inOrder(tally(found, current)), { session });
      await versions.updateOne({ _id: progress }, { $set: { hour: current } }, { upsert: true, session });
      return current;
    });
    if (done === Number.POSITIVE_INFINITY) return;
    hour = done;
  }
}

/** Removes what `backfill` left, once the versions say what it did. */
export async function forgetProgress(db: Db): Promise<void> {
  await db.collection<Version>('schema_migrations').deleteMany({ _id: { $type: 'string' } });
}

export async function countExisting(db: Db, version: number): Promise<void> {
  await backfill(db, {
    version,
    collection: 'audit_logs',
    groups: [{ $group: { _id: 'audit_logs', total: { $sum: 1 } } }],
    tally: countsOf,
  });
  const name = { $cond: [{ $eq: ['$cache_type', null] }, 'usage', 'usage cached'] };
  await backfill(db, {
    version,
    collection: 'usage',
    groups: [{ $group: { _id: name, total: { $sum: 1 } } }],
    tally: countsOf,
  });
}

export async function countSpend(db: Db, version: number): Promise<void> {
  const namesOf = spendCounters();
  await backfill(db, {
    version,
    collection: 'usage',
    groups: [
      { $match: { cache_type: { $eq: null }, total_cost: { $ne: null } } },
      { $group: { _id: '$user_path', ...spentSum } },
    ],
    tally: (groups, hour) => {
      const paths = groups as readonly (Spent & { readonly _id: string })[];
      return spendTallies(
        paths.map((path) => ({ userPath: path._id, spend: toSpend(path) })),
        hour,
        namesOf,
      );
    },
  });
}

export async function addUpUsage(db: Db, version: number): Promise<void> {
  const shared = ['user_path', 'model', 'provider', 'provider_name'] as const;
  const key = {
    ...Object.fromEntries(shared.map((field) => [field, `$${field}`])),
    cached: { $ne: ['$cache_type', null] },
  };
  await backfill(db, {
    version,
    collection: 'usage',
    groups: [{ $group: { _id: key, ...sums } }],
    tally: (groups, hour) => {
      const paths = (groups as readonly Totalled<UsageHourGiven>[]).map((group) => ({
        table: 'usage_path_hours' as const,
        name: usageHourName(group._id),
        hour,
        given: { ...group._id },
        sums: groupSums(group),
      }));
      return [...ofAllPaths(paths), ...paths];
    },
  });
}

export async function countAudit(db: Db, version: number): Promise<void> {
  await backfill(db, {
    version,
    collection: 'audit_logs',
    groups: [
      { $group: { _id: Object.fromEntries(auditHourGiven.map((field) => [field, `$${field}`])), total: { $sum: 1 } } },
    ],
    tally: (groups, hour) =>
      (groups as readonly { readonly _id: AuditHourGiven; readonly total: number }[]).map(({ _id, total }) =>
        auditHourTally(_id, hour, Number(total)),
      ),
  });
}

interface Version {
  readonly _id: number | string;
  readonly hour?: number;
}

function within(hour: number): Document {
  return { timestamp: { $gte: hour * hourMs, $lt: (hour + 1) * hourMs } };
}

/** The first hour with documents, or the first after an hour; null when there is none. */
async function nextHour(db: Db, collection: string, after: number | null): Promise<number | null> {
  const later = after === null ? {} : { timestamp: { $gte: (after + 1) * hourMs } };
  const [next] = await db
    .collection<{ readonly timestamp: number }>(collection)
    .find(later, { projection: { timestamp: 1 } })
    .sort({ timestamp: 1, _id: 1 })
    .limit(1)
    .toArray();
  return next === undefined ? null : hourOf(next);
}

function countsOf(groups: readonly Document[], hour: number): readonly Tally[] {
  return (groups as readonly { readonly _id: CounterName; readonly total: number }[]).map(({ _id, total }) =>
    countTally({ name: _id, hour, total: Number(total), cost: 0n }),
  );
}
