import type { Listed, Page } from '../ports/index.ts';
import { onlySpan } from './filters.ts';
import { boundedPage } from './limits.ts';

/**
 * A page and the exact total. A page that is not full says itself how many rows match, which spares a search for few rows the
 * second of two scans; the total of a span comes from counters, and is asked for at once.
 */
export async function listed<Row>(
  filter: object,
  page: Page,
  ask: { rows(): Promise<readonly Row[]>; total(): Promise<number> },
): Promise<Listed<Row>> {
  if (onlySpan(filter)) {
    const [rows, total] = await Promise.all([ask.rows(), ask.total()]);
    return { rows, total };
  }
  const rows = await ask.rows();
  return { rows, total: lastRow(rows.length, page) ?? (await ask.total()) };
}

function lastRow(rows: number, page: Page): number | null {
  const { limit, offset } = boundedPage(page);
  const ends = rows < limit && (rows > 0 || offset === 0);
  return ends ? offset + rows : null;
}
