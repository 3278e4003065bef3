import type { Db, Document } from 'mongodb';
import type { Spend } from '../ports/index.ts';
import { addSpends, type CounterName } from '../rows/counts.ts';
import type { HourTotal } from '../rows/deep.ts';
import { type CountedSpan, countedSpan, type Span } from '../rows/spans.ts';
import { type TallyTable, wholeOf } from '../rows/tally.ts';
import type { Integer } from '../rows/values.ts';
import { exact } from './documents.ts';
import { translated } from './errors.ts';

/** Tallies of hours (`rows/tally.ts`) that know what is asked for, and which of them. */
export interface Hours {
  readonly collection: TallyTable;
  readonly conditions: Document;
}

/** Those that count all rows of a span. */
export function counters(names: readonly CounterName[]): Hours {
  return { collection: 'row_counts', conditions: { name: { $in: names } } };
}

/** How many rows of a span match; `countRows` counts those of a part of an hour. */
export async function hoursTotal(
  db: Db,
  { collection, conditions, span }: Hours & { readonly span: Span },
  countRows: (end: CountedSpan['ends'][number]) => Promise<number>,
): Promise<number> {
  const { hours, ends } = countedSpan(span);
  const whole = db
    .collection(collection)
    .aggregate<{ readonly total: number }>([
      among(conditions, hours),
      { $group: { _id: null, total: { $sum: '$total' } } },
    ]);
  const [[sum], ...parts] = await Promise.all([translated(whole.toArray()), ...ends.map(countRows)]);
  return parts.reduce((total, part) => total + part, Number(sum?.total ?? 0));
}

/** Newest first. */
export async function hourTotals(
  db: Db,
  { collection, conditions }: Hours,
  hours: CountedSpan['hours'],
): Promise<readonly HourTotal[]> {
  const hourly = db
    .collection(collection)
    .aggregate<{ readonly _id: number; readonly total: number }>([
      among(conditions, hours),
      { $group: { _id: '$hour', total: { $sum: '$total' } } },
      { $sort: { _id: -1 } },
    ]);
  return (await translated(hourly.toArray())).map(({ _id, total }) => ({ hour: Number(_id), total: Number(total) }));
}

function among(conditions: Document, { from, to }: CountedSpan['hours']): Document {
  return { $match: { $and: [{ hour: { $gte: from, $lt: to } }, conditions] } };
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
