import { sql } from 'kysely';
import { usageCounters } from '../rows/counts.ts';
import { inOrder, type Tally } from '../rows/tally.ts';
import {
  ofAllPaths,
  type UsageHourGiven,
  type UsagePathHourColumns,
  type UsagePathTally,
  usageHourName,
  usageSums,
} from '../rows/usage-hours.ts';
import { eachHour, inHour, tallyTable } from './by-hour.ts';
import type { SqlDialect, Statements } from './dialect.ts';
import { run } from './statements.ts';
import { addTallies } from './tallies.ts';
import { sumsOfOne } from './usage-hours.ts';

/** The tables of hours, and what the rows come to that are there. */
export function* usageByHour(dialect: SqlDialect): Statements<void> {
  const { types } = dialect;
  const { text, integer, flag } = types;
  const sums = usageSums.map((column) => `${column} ${integer} not null`).join(', ');
  const columns = `model ${text} not null, provider ${text} not null, provider_name ${text}, cached ${flag} not null, ${sums}`;
  yield tallyTable(types, 'usage_hours', columns);
  yield tallyTable(types, 'usage_path_hours', `user_path ${text} not null, ${columns}`);
  yield* eachHour(usageCounters.all, function* (hour) {
    const paths = (yield* run(usedInHour(dialect, hour))).map((row) => tallyOf(row, hour));
    yield* addTallies(dialect, [ofAllPaths(paths), paths].flatMap(inOrder));
  });
}

function usedInHour({ db }: SqlDialect, hour: number) {
  const sums = usageSums.map((column) => sql`coalesce(sum(${sql.ref(column)}), 0) as ${sql.ref(column)}`);
  const used = sql<UsagePathHourColumns>`select user_path, model, provider, provider_name, cached, ${sql.join(sums)}
    from (select user_path, model, provider, provider_name, cache_type is not null as cached, ${sql.join(sumsOfOne)}
      from usage where ${inHour(hour)}) as one
    group by user_path, model, provider, provider_name, cached`;
  return { compile: () => used.compile(db) };
}

function tallyOf(row: UsagePathHourColumns, hour: number): UsagePathTally {
  const { user_path, model, provider, provider_name, cached } = row;
  const given: UsageHourGiven = { user_path, model, provider, provider_name, cached: Boolean(cached) };
  const sums = Object.fromEntries(usageSums.map((column) => [column, BigInt(row[column])]));
  return {
    table: 'usage_path_hours',
    name: usageHourName(given),
    hour,
    given: { ...given },
    sums: sums as Tally['sums'],
  };
}
