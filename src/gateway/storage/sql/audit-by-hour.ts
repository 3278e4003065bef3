import { sql } from 'kysely';
import { type AuditHourColumns, auditHourGiven, auditHourTally } from '../rows/audit-hours.ts';
import { inOrder } from '../rows/tally.ts';
import { eachHour, inHour, tallyTable } from './by-hour.ts';
import type { SqlDialect, Statements } from './dialect.ts';
import { run } from './statements.ts';
import { addTallies } from './tallies.ts';

/** The table of hours, and how many rows are there by what filters ask for. */
export function* auditByHour(dialect: SqlDialect): Statements<void> {
  const { text, integer, flag } = dialect.types;
  yield tallyTable(
    dialect.types,
    'audit_hours',
    `folded_requested_model ${text} not null, folded_provider ${text} not null, folded_path ${text} not null,
    folded_error_type ${text}, method ${text} not null, status_code ${integer} not null, stream ${flag} not null,
    total ${integer} not null`,
  );
  yield* eachHour(['audit_logs'], function* (hour) {
    const groups = yield* run(loggedInHour(dialect, hour));
    yield* addTallies(dialect, inOrder(groups.map((group) => auditHourTally(group, hour, Number(group.total)))));
  });
}

function loggedInHour({ db }: SqlDialect, hour: number) {
  const given = sql.join(auditHourGiven.map((column) => sql.ref(column)));
  const logged = sql<AuditHourColumns>`select ${given}, count(*) as total from audit_logs
    where ${inHour(hour)} group by ${given}`;
  return { compile: () => logged.compile(db) };
}
