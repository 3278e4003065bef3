import type { Listed, Page } from '../ports/index.ts';
import { onlySpan } from './filters.ts';
import { boundedPage } from './limits.ts';

/** How far a page went: so many rows, of which this is the last. */
export interface Read<Row> {
  readonly rows: number;
  readonly last: Row;
}

/**
 * A page and the exact total. A page that is not full says itself how many rows match. A search looks into every row: its total goes
 * on behind the last row of the page, which spares the second of two scans. The total of a span comes from counters, and is asked for
 * at once.
 */
export async function listed<Row>(
  filter: { readonly search?: string },
  page: Page,
  ask: { rows(): Promise<readonly Row[]>; total(read?: Read<Row>): Promise<number> },
): Promise<Listed<Row>> {
  if (onlySpan(filter)) {
    const [rows, total] = await Promise.all([ask.rows(), ask.total()]);
    return { rows, total };
  }
  const rows = await ask.rows();
  const read = filter.search ? readOf(rows, page) : undefined;
  return { rows, total: lastRow(rows.length, page) ?? (await ask.total(read)) };
}

function lastRow(rows: number, page: Page): number | null {
  const { limit, offset } = boundedPage(page);
  const ends = rows < limit && (rows > 0 || offset === 0);
  return ends ? offset + rows : null;
}

function readOf<Row>(rows: readonly Row[], page: Page): Read<Row> | undefined {
  const last = rows.at(-1);
  return last === undefined ? undefined : { rows: boundedPage(page).offset + rows.length, last };
}
