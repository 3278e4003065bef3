import { sql } from 'kysely';
import { spendCounters, spendTallies } from '../rows/counts.ts';
import { inOrder, wholeOf } from '../rows/tally.ts';
import type { Integer } from '../rows/values.ts';
import { eachHour, inHour } from './by-hour.ts';
import type { SqlDialect, Statements } from './dialect.ts';
import { plain, run } from './statements.ts';
import { addTallies } from './tallies.ts';

/** Gives counters a cost, and counts what each subtree's rows cost. */
export function* spendByHour(dialect: SqlDialect): Statements<void> {
  const { integer } = dialect.types;
  yield plain(`alter table row_counts add column billions ${integer} not null default 0`);
  yield plain(`alter table row_counts add column rest ${integer} not null default 0`);
  const namesOf = spendCounters();
  yield* eachHour(['usage'], function* (hour) {
    const paths = (yield* run(spentInHour(dialect, hour))).map(({ user_path, total, billions, rest }) => ({
      userPath: user_path,
      spend: { rows: Number(total), cost: wholeOf(billions, rest) },
    }));
    yield* addTallies(dialect, inOrder(spendTallies(paths, hour, namesOf)));
  });
}

interface SpentByPath {
  readonly user_path: string;
  readonly total: Integer;
  readonly billions: Integer;
  readonly rest: Integer;
}

function spentInHour({ db }: SqlDialect, hour: number) {
  const spent = sql<SpentByPath>`select user_path, count(*) as total, sum(total_cost / 1000000000) as billions,
      sum(total_cost % 1000000000) as rest
    from usage where ${inHour(hour)} and cache_type is null and total_cost is not null group by user_path`;
  return { compile: () => spent.compile(db) };
}
