import type { AuditRecord } from '../rows/audit.ts';
import {
  auditHourGiven,
  auditHourGivenOf,
  auditHourName,
  sameAudit,
  talliedAuditColumns,
} from '../rows/audit-hours.ts';
import { spendCounters } from '../rows/counts.ts';
import type { UsageRecord } from '../rows/usage.ts';
import {
  costColumns,
  sameUsage,
  summedColumns,
  talliedColumns,
  usageHourGivenOf,
  usageHourNames,
} from '../rows/usage-hours.ts';
import { hourOfColumn } from '../sql/tallies.ts';
import type { Tallying } from './writer.ts';

const auditHours = `select kind.name, ${hour()} as hour, ${auditHourGiven.map((column) => `kind.${column}`).join(', ')}, count(*) as total
  from added join json_to_recordset($2::json) as kind(name text, folded_requested_model text, folded_provider text, folded_path text,
      folded_error_type text, method text, status_code bigint, stream boolean)
    on kind.folded_requested_model = added.folded_requested_model and kind.folded_provider = added.folded_provider
      and kind.folded_path = added.folded_path and kind.folded_error_type is not distinct from added.folded_error_type
      and kind.method = added.method and kind.status_code = added.status_code and kind.stream = added.stream
  group by 1, 2, 3, 4, 5, 6, 7, 8, 9`;

/** As `auditTallied` and `usageTallied` of rows/counts.ts, of rows that only the statement knows to be new. */
export const auditTallying: Tallying<AuditRecord> = {
  columns: talliedAuditColumns,
  tallies: [
    {
      table: 'row_counts',
      query: `select 'audit_logs' as name, ${hour()} as hour, count(*) as total, 0 as billions, 0 as rest from added group by 2`,
    },
    { table: 'audit_hours', query: auditHours },
  ],
  parameter: (rows) => {
    const kinds = new Map(rows.map((row) => [sameAudit(row), auditHourGivenOf(row)]));
    return JSON.stringify([...kinds.values()].map((given) => ({ name: auditHourName(given), ...given })));
  },
};

export function usageTallying(): Tallying<UsageRecord> {
  const spendsOf = spendCounters();
  const nameOf = usageHourNames();
  return {
    columns: talliedColumns,
    tallies: [
      { table: 'row_counts', query: usageCounts },
      { table: 'usage_hours', query: usageHours('overall', '') },
      { table: 'usage_path_hours', query: usageHours('name', 'kind.user_path,') },
    ],
    parameter: (rows) => {
      const paths = [...new Set(rows.map(({ user_path }) => user_path))];
      const kinds = new Map(rows.map((row) => [sameUsage(usageHourGivenOf(row)), usageHourGivenOf(row)]));
      return JSON.stringify({
        subtrees: paths.flatMap((user_path) => spendsOf(user_path).map((name) => ({ user_path, name }))),
        kinds: [...kinds.values()].map((given) => ({
          name: nameOf(given),
          overall: nameOf({ ...given, user_path: '' }),
          ...given,
        })),
      });
    },
  };
}

const usageCounts = `select case when cache_type is null then 'usage' else 'usage cached' end as name, ${hour()} as hour,
    count(*) as total, 0 as billions, 0 as rest
  from added group by 1, 2
  union all select subtree.name, ${hour()}, count(*), sum(total_cost / 1000000000), sum(total_cost % 1000000000)
  from added join json_to_recordset($2::json -> 'subtrees') as subtree(user_path text, name text)
    on subtree.user_path = added.user_path
  where cache_type is null and total_cost is not null group by 1, 2`;

function usageHours(name: 'name' | 'overall', userPath: '' | 'kind.user_path,'): string {
  const sums = summedColumns.flatMap((column) => [
    `coalesce(sum(${column} / 1000000000), 0) as ${column}_billions`,
    `coalesce(sum(${column} % 1000000000), 0) as ${column}_rest`,
  ]);
  const known = costColumns.map((column) => `count(${column}) as ${column}_rows`);
  const given = `${userPath} kind.model, kind.provider, kind.provider_name, kind.cached`;
  return `select kind.${name} as name, ${hour()} as hour, ${given}, count(*) as total, ${[...sums, ...known].join(', ')}
    from added join json_to_recordset($2::json -> 'kinds') as kind(name text, overall text, user_path text, model text,
        provider text, provider_name text, cached boolean)
      on kind.user_path = added.user_path and kind.model = added.model and kind.provider = added.provider
        and kind.provider_name is not distinct from added.provider_name and kind.cached = (added.cache_type is not null)
    group by kind.${name}, ${hour()}, ${given}`;
}

function hour(): string {
  return hourOfColumn('"timestamp"');
}
