import type { Collection, CountDocumentsOptions, Document, Filter, Hint } from 'mongodb';
import type { Listed, Page } from '../ports/index.ts';
import type { CounterName } from '../rows/counts.ts';
import { deepOffset, type Start, startOf } from '../rows/deep.ts';
import { onlySpan } from '../rows/filters.ts';
import { boundedPage } from '../rows/limits.ts';
import { listed } from '../rows/listed.ts';
import { type Span, spanOf } from '../rows/spans.ts';
import { counters, type Hours, hoursTotal, hourTotals } from './counts.ts';
import { translated } from './errors.ts';
import { newestFirst } from './rows.ts';

interface Given extends Span {
  readonly search?: string;
}

/** What a log is listed, counted and added up with. */
export interface LogQuery<Asked extends Given> {
  /** The fields that readers do not ask for. */
  readonly omit: Readonly<Record<string, 0>>;
  conditions(filter: Asked): Document;
  counters(filter: Asked): readonly CounterName[];
  /** What the index of a filter finds: nothing without one; documents in order of time; or such that lie here and there. */
  found(filter: Asked): 'nothing' | 'in order' | 'scattered';
  /** Where hours are tallied by what the filter asks, and their conditions; null where those do not know all of it. */
  hours(filter: Asked): Hours | null;
  /** What the index `pathAndTime` alone can count, range by range; null where it does not know all that the filter asks. */
  byPathAndTime(filter: Asked): readonly Document[] | null;
}

/** An index of `audit_logs`. */
export const pathAndTime = 'user_path_time';

interface AskedPage<Asked> {
  readonly filter: Asked;
  readonly page: Page;
}

/** Newest first, with the exact total: from the hours where they know what the filter asks, else counted. */
export function pageOf<Stored extends Document, Asked extends Given>(
  collection: Collection<Stored>,
  query: LogQuery<Asked>,
  { filter, page }: AskedPage<Asked>,
): Promise<Listed<Stored>> {
  const { limit, offset } = boundedPage(page);
  if (filter.search && limit > 0) return searched(collection, query, { filter, page: { limit, offset } });
  return listed(filter, page, {
    rows: () => rowsOf(collection, query, { filter, page: { limit, offset } }),
    total: () => totalOf(collection, query, filter),
  });
}

/** A search looks into every document, which it reads once for both: the page's ids, and how many match. */
async function searched<Stored extends Document, Asked extends Given>(
  collection: Collection<Stored>,
  query: LogQuery<Asked>,
  { filter, page: { limit, offset } }: AskedPage<Asked>,
): Promise<Listed<Stored>> {
  const found = collection.aggregate<Found>(
    [
      { $match: query.conditions(filter) },
      { $project: { timestamp: 1 } },
      {
        $facet: {
          page: [{ $sort: newestFirst }, { $skip: offset }, { $limit: limit }],
          all: [{ $count: 'total' }],
        },
      },
    ],
    { allowDiskUse: true, ...(await readingOf(collection, query, filter)) },
  );
  const [
    {
      page,
      all: [count],
    } = { page: [], all: [] },
  ] = await translated(found.toArray());
  const among = { _id: { $in: page.map(({ _id }) => _id) } } as Filter<Stored>;
  const rows = collection.find<Stored>(among, { projection: query.omit }).sort(newestFirst);
  return { rows: await translated(rows.allowDiskUse().toArray()), total: Number(count?.total ?? 0) };
}

interface Found {
  readonly page: readonly { readonly _id: string }[];
  readonly all: readonly { readonly total: number }[];
}

async function rowsOf<Stored extends Document, Asked extends Given>(
  collection: Collection<Stored>,
  query: LogQuery<Asked>,
  { filter, page: { limit, offset: asked } }: AskedPage<Asked>,
): Promise<readonly Stored[]> {
  // To the server, limit 0 means all.
  if (limit === 0) return [];
  const { offset, ...span } = await startFor(collection, query, { filter, offset: asked });
  const matching = query.conditions({ ...filter, ...span }) as Filter<Stored>;
  // The planner would sort all that match, however many, to pass by some.
  const passing = offset >= deepOffset && (await readingOf(collection, query, filter)).hint !== undefined;
  const options = { projection: query.omit, ...(passing ? { hint: 'newest' } : {}) };
  const found = collection.find<Stored>(matching, options).sort(newestFirst);
  return translated(found.skip(offset).limit(limit).allowDiskUse().toArray());
}

/** Where a page's documents begin. */
async function startFor<Stored extends Document, Asked extends Given>(
  collection: Collection<Stored>,
  query: LogQuery<Asked>,
  { filter, offset }: { readonly filter: Asked; readonly offset: number },
): Promise<Start> {
  const tallies = talliesOf(query, filter);
  return tallies === null
    ? { offset }
    : startOf(spanOf(filter), offset, {
        hours: (hours) => hourTotals(collection.db, tallies, hours),
        rows: (end) => countRows(collection, query, { ...filter, ...end }, { hint: 'newest' }),
      });
}

function talliesOf<Asked extends Given>(query: LogQuery<Asked>, filter: Asked): Hours | null {
  return onlySpan(filter) ? counters(query.counters(filter)) : query.hours(filter);
}

async function totalOf<Stored extends Document, Asked extends Given>(
  collection: Collection<Stored>,
  query: LogQuery<Asked>,
  filter: Asked,
): Promise<number> {
  const tallies = talliesOf(query, filter);
  if (tallies === null) return countAll(collection, query, filter);
  if (query.found(filter) !== 'nothing') {
    // Few are counted sooner than hours are added up.
    const few = await countRows(collection, query, filter, { limit: manyAtLeast });
    if (few < manyAtLeast) return few;
  }
  return hoursTotal(collection.db, { ...tallies, span: spanOf(filter) }, (end) =>
    countRows(collection, query, { ...filter, ...end }, { hint: 'newest' }),
  );
}

async function countAll<Stored extends Document, Asked extends Given>(
  collection: Collection<Stored>,
  query: LogQuery<Asked>,
  filter: Asked,
): Promise<number> {
  const ranges = query.byPathAndTime(filter);
  if (ranges === null) return countRows(collection, query, filter, await readingOf(collection, query, filter));
  const counts = ranges.map((range) => collection.countDocuments(range as Filter<Stored>, { hint: pathAndTime }));
  return (await translated(Promise.all(counts))).reduce((sum, count) => sum + count, 0);
}

function countRows<Stored extends Document, Asked extends Given>(
  collection: Collection<Stored>,
  { conditions }: LogQuery<Asked>,
  filter: Asked,
  options: CountDocumentsOptions,
): Promise<number> {
  return translated(collection.countDocuments(conditions(filter) as Filter<Stored>, options));
}

/** The order in which all documents that match are read for the least: that of the filter's index only while they are few. */
export async function readingOf<Stored extends Document, Asked extends Given>(
  collection: Collection<Stored>,
  query: LogQuery<Asked>,
  filter: Asked,
): Promise<{ readonly hint?: Hint }> {
  const how = query.found(filter);
  if (how === 'in order') {
    return {};
  }
  const all = counters(query.counters(filter));
  const within = await hoursTotal(collection.db, { ...all, span: spanOf(filter) }, async () => 0);
  const many = manyAtLeast + Math.ceil(within / manyOf);
  // What is searched for may be rare where the rows to look into are many.
  const looked = { ...filter, search: '' };
  if (how === 'scattered' && (await countRows(collection, query, looked, { limit: many })) < many) {
    return {};
  }
  // An index leads to each document apart; the collection lies there in one piece.
  const documents = await translated(collection.estimatedDocumentCount());
  return { hint: 2 * within > documents ? { $natural: 1 } : 'newest' };
}

const manyOf = 20;
const manyAtLeast = 1_000;
