import type { Db, Document, Hint } from 'mongodb';
import type { UsageFilter } from '../ports/index.ts';
import { usageCounters } from '../rows/counts.ts';
import { isNarrow } from '../rows/filters.ts';
import type { Slice } from '../rows/spans.ts';
import { addTotals, hoursFor, knownByHours, toTotals, type UsageSum, usageSums } from '../rows/usage-hours.ts';
import { type Addition, type Sum, slicesFor, type UsageKey } from '../rows/usage-reports.ts';
import type { Integer } from '../rows/values.ts';
import { usageConditions, usageHourConditions } from './conditions.ts';
import { exact } from './documents.ts';
import { translated } from './errors.ts';
import { type LogQuery, readingOf } from './page.ts';
import { sums, type Totalled, toTotals as totalsOfRows } from './totals.ts';

/** As `AddUp` says. */
export async function addUp<By extends UsageKey>(
  db: Db,
  { filter, spans, by }: Addition<By>,
): Promise<readonly Sum<By>[]> {
  const { hours, ends } = slicesFor(filter, spans);
  const [tallied, added] = await Promise.all([
    hours.length === 0 ? [] : sumOfHours(db, { filter, slices: hours, by }),
    ends.length === 0 ? [] : sumOfRows(db, { filter, slices: ends, by }),
  ]);
  return merged([...tallied, ...added], by);
}

interface Sliced<By extends UsageKey> extends Pick<Addition<By>, 'filter' | 'by'> {
  readonly slices: readonly Slice[];
}

async function sumOfHours<By extends UsageKey>(
  db: Db,
  { filter, slices, by }: Sliced<By>,
): Promise<readonly Sum<By>[]> {
  const added = Object.fromEntries(usageSums.map((column) => [column, { $sum: `$${column}` }]));
  const stages = [
    { $match: { $and: [within('hour', slices), usageHourConditions(filter)] } },
    { $group: { _id: keyOf(by, 'hour', slices), ...added } },
  ];
  const groups = db.collection(hoursFor(filter, by), exact).aggregate<HourGroup<By>>(stages, { allowDiskUse: true });
  return (await translated(groups.toArray())).map((group) => ({ key: group._id, totals: toTotals(group) }));
}

type HourGroup<By extends UsageKey> = Record<UsageSum, Integer> & {
  readonly _id: Readonly<Record<By, Sum<By>['key'][By]>>;
};

async function sumOfRows<By extends UsageKey>(db: Db, { filter, slices, by }: Sliced<By>): Promise<readonly Sum<By>[]> {
  const stages = [
    { $match: { $and: [within('timestamp', slices), usageConditions(filter)] } },
    { $group: { _id: keyOf(by, 'timestamp', slices), ...sums } },
  ];
  const groups = db.collection('usage', exact).aggregate<Totalled<Readonly<Record<By, Sum<By>['key'][By]>>>>(stages, {
    allowDiskUse: true,
    ...(await reading(db, filter, slices)),
  });
  return (await translated(groups.toArray())).map((group) => ({ key: group._id, totals: totalsOfRows(group) }));
}

async function reading(db: Db, filter: UsageFilter, slices: readonly Slice[]): Promise<{ readonly hint?: Hint }> {
  if (knownByHours(filter)) return { hint: 'newest' };
  const [from, to] = [slices[0]?.low ?? 0, slices.at(-1)?.high ?? 0];
  return readingOf(db.collection('usage'), usageQuery, { ...filter, from, to });
}

export const usageQuery: LogQuery<UsageFilter> = {
  omit: { search_text: 0 },
  conditions: usageConditions,
  counters: ({ cacheMode }) => usageCounters[cacheMode],
  hours: (filter) =>
    knownByHours(filter) ? { collection: hoursFor(filter), conditions: usageHourConditions(filter) } : null,
  // Hours know the paths.
  byPathAndTime: () => null,
  // Rows of one model come in order of time from its index; those of a path or of two kinds of provider do not.
  found({ model, userPath, provider }) {
    if (model !== undefined) return 'in order';
    return isNarrow(userPath) || provider !== undefined ? 'scattered' : 'nothing';
  },
};

/** Slices that follow on each other are one range. */
function within(field: 'hour' | 'timestamp', slices: readonly Slice[]): Document {
  const ranges: { $gte: number; $lt: number }[] = [];
  for (const { low, high } of slices) {
    const last = ranges.at(-1);
    if (last?.$lt === low) last.$lt = high;
    else ranges.push({ $gte: low, $lt: high });
  }
  return { $or: ranges.map((range) => ({ [field]: range })) };
}

function keyOf(by: readonly UsageKey[], field: 'hour' | 'timestamp', slices: readonly Slice[]): Document {
  return Object.fromEntries(by.map((key) => [key, key === 'position' ? positionOf(field, slices) : `$${key}`]));
}

// A search tree, as there may be thousands; what lies between slices was left out.
function positionOf(field: 'hour' | 'timestamp', slices: readonly Slice[]): Document {
  const [first] = slices;
  if (first === undefined || slices.length === 1) return { $literal: first?.position ?? 0 };
  const middle = slices.length >> 1;
  const before = { $lt: [`$${field}`, slices[middle]?.low] };
  return {
    $cond: [before, positionOf(field, slices.slice(0, middle)), positionOf(field, slices.slice(middle))],
  };
}

function merged<By extends UsageKey>(parts: readonly Sum<By>[], by: readonly By[]): readonly Sum<By>[] {
  const sumOf = new Map<string, Sum<By>>();
  for (const { key, totals } of parts) {
    const name = JSON.stringify(by.map((column) => key[column]));
    const other = sumOf.get(name);
    sumOf.set(name, { key, totals: other === undefined ? totals : addTotals(other.totals, totals) });
  }
  return [...sumOf.values()].toSorted((one, other) => {
    for (const column of by) {
      const order = compare(one.key[column], other.key[column]);
      if (order !== 0) return order;
    }
    return 0;
  });
}

type KeyValue = string | number | bigint | null;

/** Null first, texts bytewise. */
function compare(one: KeyValue, other: KeyValue): number {
  if (one === null || other === null) return Number(one !== null) - Number(other !== null);
  return typeof one === 'string'
    ? Buffer.compare(Buffer.from(one), Buffer.from(String(other)))
    : Number(one) - Number(other);
}
