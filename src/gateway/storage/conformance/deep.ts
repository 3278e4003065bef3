import { beforeAll, describe, expect, test } from '@jest/globals';
import type { AuditFilter, AuditRow, UsageFilter, UsageRow } from '../ports/index.ts';
import { auditRow, noon, usageRow, useStorage } from './fixture.ts';
import type { Factory } from './target.ts';

/** Pages far behind the first, which no store reaches row by row, and pages of a search, which reads each row once. */
export function deep(open: Factory): void {
  describe('deep pages', () => {
    const storage = useStorage(open, 'deep');
    beforeAll(async () => {
      await storage().audit.insert(logged);
      await storage().usage.insert(used);
    });

    test.each(auditWishes)('PAG-01, PAG-04: audit rows of %j', async (filter, wanted) => {
      for (const span of spans) {
        const matching = newestFirst(logged.filter((row) => wanted(row) && isWithin(row, span)));
        for (const offset of offsets) {
          const { rows, total } = await storage().audit.list({ ...filter, ...span }, { limit, offset });
          expect(seen(rows, total)).toStrictEqual(seen(matching.slice(offset, offset + limit), matching.length));
        }
      }
    });

    test.each(usageWishes)('PAG-01, PAG-04: usage rows of %j', async (filter, wanted) => {
      for (const span of spans) {
        const matching = newestFirst(used.filter((row) => wanted(row) && isWithin(row, span)));
        for (const offset of offsets) {
          const { rows, total } = await storage().usage.log({ ...filter, ...span }, { limit, offset });
          expect(seen(rows, total)).toStrictEqual(seen(matching.slice(offset, offset + limit), matching.length));
        }
      }
    });
  });
}

const hour = 3_600_000;
const start = noon - (noon % hour);
const [limit, size] = [7, 2_600];
const offsets = [0, 3, 2_000, 2_155, 2_340, 3_000];
const spans = [{}, { from: start + 1, to: start + 12 * hour + hour / 2 }];

/** Two hundred rows in every second hour, several of them to the same minute. */
const logged = Array.from({ length: size }, (_, index) => auditRow({ ...sharedAt(index), ...variedAt(index) }));
const used = Array.from({ length: size }, (_, index) => usageRow({ ...sharedAt(index), ...usedAt(index) }));

const auditWishes: readonly (readonly [AuditFilter, (row: AuditRow) => boolean])[] = [
  [{}, () => true],
  [{ statusCode: 200, requestedModel: 'LARGE' }, ({ statusCode }) => statusCode === 200],
  [{ userPath: '/deep/a' }, ({ userPath }) => userPath === '/deep/a'],
  [{ search: 'LARGE' }, () => true],
  [{ search: 'odd', statusCode: 502 }, ({ statusCode }) => statusCode === 502],
];

const usageWishes: readonly (readonly [UsageFilter, (row: UsageRow) => boolean])[] = [
  [{ cacheMode: 'all' }, () => true],
  [{ cacheMode: 'uncached' }, ({ cacheType }) => cacheType === null],
  [{ cacheMode: 'all', provider: 'openai' }, ({ provider }) => provider === 'openai'],
  [{ cacheMode: 'all', model: 'large', userPath: '/deep/a' }, ({ userPath }) => userPath === '/deep/a'],
  [{ cacheMode: 'all', search: 'LARGE', provider: 'openai' }, ({ provider }) => provider === 'openai'],
];

function sharedAt(index: number) {
  const minute = (index * 7) % 60;
  return {
    timestamp: start + Math.floor(index / 200) * 2 * hour + minute * 60_000,
    userPath: index % 12 === 5 ? '/deep/b' : '/deep/a',
  };
}

function variedAt(index: number): Partial<AuditRow> {
  return { requestedModel: 'large', ...(index % 9 === 4 ? { statusCode: 502, errorType: 'Odd' } : {}) };
}

function usedAt(index: number): Partial<UsageRow> {
  const provider = index % 10 === 3 ? 'anthropic' : 'openai';
  return { model: 'large', provider, providerName: provider, cacheType: index % 11 === 0 ? 'exact' : null };
}

interface Span {
  readonly from?: number;
  readonly to?: number;
}

function isWithin({ timestamp }: { readonly timestamp: number }, { from, to }: Span): boolean {
  return timestamp >= (from ?? timestamp) && timestamp < (to ?? Number.POSITIVE_INFINITY);
}

interface Placed {
  readonly id: string;
  readonly timestamp: number;
}

/** Ids of the fixture ascend. */
function newestFirst<Row extends Placed>(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((one, other) => other.timestamp - one.timestamp || (one.id < other.id ? 1 : -1));
}

function seen(rows: readonly Placed[], total: number) {
  return { ids: rows.map(({ id }) => id), total };
}
