import { countedSpan, type Span } from './spans.ts';
import { hourMs } from './tally.ts';

/** From here on it is cheaper to ask for the hours than to pass by the rows. */
export const deepOffset = 2_000;

export interface HourTotal {
  readonly hour: number;
  readonly total: number;
}

/** So many rows before an instant, newest first; all of the span's when there is no instant. */
export interface Start {
  readonly to?: number;
  readonly offset: number;
}

/**
 * Where the rows behind an offset begin, newest first: of the hours before them the totals are known, and none of their rows need be
 * read. `ask.hours` gives the totals of whole hours, newest first; `ask.rows` counts the rows of a part of an hour.
 */
export async function startOf(
  span: Span,
  offset: number,
  ask: {
    hours(hours: { readonly from: number; readonly to: number }): Promise<readonly HourTotal[]>;
    rows(end: { readonly from: number; readonly to: number }): Promise<number>;
  },
): Promise<Start> {
  const { hours, ends } = countedSpan(span);
  if (offset < deepOffset || hours.from === hours.to) return { offset };
  const newest = ends.find(({ from }) => from === hours.to * hourMs);
  const [totals, first] = await Promise.all([ask.hours(hours), newest === undefined ? 0 : ask.rows(newest)]);
  if (first > offset) return { offset };
  let left = offset - first;
  for (const { hour, total } of totals) {
    if (total > left) return { to: (hour + 1) * hourMs, offset: left };
    left -= total;
  }
  return { to: hours.from * hourMs, offset: left };
}
