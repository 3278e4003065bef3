import type { Collection, CountDocumentsOptions, Db, Document, Filter, Hint } from 'mongodb';
import type { Spend } from '../ports/index.ts';
import { addSpends, type CounterName } from '../rows/counts.ts';
import { onlySpan } from '../rows/filters.ts';
import { type CountedSpan, countedSpan, type Span } from '../rows/spans.ts';
import { wholeOf } from '../rows/tally.ts';
import type { Integer } from '../rows/values.ts';
import { exact } from './documents.ts';
import { translated } from './errors.ts';

/** How many rows a span holds; `countRows` counts those of a part of an hour. */
function spanTotal(
  db: Db,
  { names, span }: { readonly names: readonly CounterName[]; readonly span: Span },
  countRows: (end: CountedSpan['ends'][number]) => Promise<number>,
): Promise<number> {
  return hoursTotal(db, { collection: 'row_counts', conditions: { name: { $in: names } }, span }, countRows);
}

/** How many rows of a span match, by the tallies of its hours. */
async function hoursTotal(
  db: Db,
  { collection, conditions, span }: { readonly collection: string; readonly conditions: Document; readonly span: Span },
  countRows: (end: CountedSpan['ends'][number]) => Promise<number>,
): Promise<number> {
  const { hours, ends } = countedSpan(span);
  const whole = db
    .collection(collection)
    .aggregate<{ readonly total: number }>([
      { $match: { $and: [{ hour: { $gte: hours.from, $lt: hours.to } }, conditions] } },
      { $group: { _id: null, total: { $sum: '$total' } } },
    ]);
  const [[sum], ...parts] = await Promise.all([translated(whole.toArray()), ...ends.map(countRows)]);
  return parts.reduce((total, part) => total + part, Number(sum?.total ?? 0));
}

/** What a span's rows cost together; `addUp` does so for a part of an hour. */
export async function spanSpend(
  db: Db,
  { name, ...span }: { readonly name: CounterName; readonly from: number; readonly to: number },
  addUp: (end: CountedSpan['ends'][number]) => Promise<Spend>,
): Promise<Spend> {
  const { hours, ends } = countedSpan(span);
  const sums = { rows: { $sum: '$total' }, billions: { $sum: '$billions' }, rest: { $sum: '$rest' } };
  const whole = db
    .collection('row_counts', exact)
    .aggregate<Spent>([
      { $match: { name: { $eq: name }, hour: { $gte: hours.from, $lt: hours.to } } },
      { $group: { _id: null, ...sums } },
    ]);
  const [[sum], ...parts] = await Promise.all([translated(whole.toArray()), ...ends.map(addUp)]);
  const counted = sum === undefined ? [] : [{ cost: wholeOf(sum.billions, sum.rest), rows: Number(sum.rows) }];
  return addSpends([...counted, ...parts]);
}

interface Spent {
  readonly rows: Integer;
  readonly billions: Integer;
  readonly rest: Integer;
}

/** What a log is counted and added up with. */
export interface LogQuery<Given> {
  readonly names: readonly CounterName[];
  conditions(filter: Given): Document;
  /** What the index of a filter finds: nothing without one; documents in order of time; or such that lie here and there. */
  found(filter: Given): 'nothing' | 'in order' | 'scattered';
  /** Where hours are tallied by what the filter asks, and their conditions; null where those do not know all of it. */
  hours(filter: Given): { readonly collection: string; readonly conditions: Document } | null;
}

/** Exact: from the counters where the filter is a span only, else counted. */
export async function totalOf<Stored extends Document, Given extends Span>(
  collection: Collection<Stored>,
  filter: Given,
  query: LogQuery<Given>,
): Promise<number> {
  const count = (given: Given, options: CountDocumentsOptions = {}): Promise<number> =>
    translated(collection.countDocuments(query.conditions(given) as Filter<Stored>, options));
  if (onlySpan(filter)) {
    return spanTotal(collection.db, { names: query.names, span: filter }, (end) => count({ ...filter, ...end }));
  }
  const hours = query.hours(filter);
  if (hours === null) return count(filter, await readingOf(collection, filter, query));
  if (query.found(filter) !== 'nothing') {
    // Few are counted sooner than hours are added up.
    const few = await count(filter, { limit: manyAtLeast });
    if (few < manyAtLeast) return few;
  }
  return hoursTotal(collection.db, { ...hours, span: filter }, (end) =>
    count({ ...filter, ...end }, { hint: 'newest' }),
  );
}

/** The order in which all documents that match are read for the least: that of the filter's index only while they are few. */
export async function readingOf<Stored extends Document, Given extends Span>(
  collection: Collection<Stored>,
  filter: Given,
  { names, conditions, found }: LogQuery<Given>,
): Promise<{ readonly hint?: Hint }> {
  const how = found(filter);
  if (how === 'in order') {
    return {};
  }
  const within = await spanTotal(collection.db, { names, span: filter }, async () => 0);
  const many = manyAtLeast + Math.ceil(within / manyOf);
  if (how === 'scattered') {
    const matching = conditions(filter) as Filter<Stored>;
    if ((await translated(collection.countDocuments(matching, { limit: many }))) < many) {
      return {};
    }
  }
  // An index leads to each document apart; the collection lies there in one piece.
  const all = await translated(collection.estimatedDocumentCount());
  return { hint: 2 * within > all ? { $natural: 1 } : 'newest' };
}

const manyOf = 20;
const manyAtLeast = 1_000;
