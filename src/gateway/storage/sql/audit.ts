import { storable } from '../../text.ts';
import type { AuditFilter, AuditRow, AuditStore } from '../ports/index.ts';
import { type AuditColumns, type AuditRecord, auditColumns, toAuditRecord, toAuditRow } from '../rows/audit.ts';
import { knownByAuditHours } from '../rows/audit-hours.ts';
import { auditTallied } from '../rows/counts.ts';
import { isNarrow } from '../rows/filters.ts';
import { insertRows } from '../rows/insert.ts';
import { auditConditions, auditHourConditions } from './conditions.ts';
import type { SqlDialect, Writer } from './dialect.ts';
import { type Log, pageOf } from './page.ts';
import { deleteOlder } from './retention.ts';

export function sqlAudit(dialect: SqlDialect, write: Writer<AuditRecord>): AuditStore {
  const { db } = dialect;
  const earliest = async (column: 'response_id' | 'previous_response_id', id: string): Promise<AuditRow | null> => {
    const row = await db
      .selectFrom('audit_logs')
      .select(auditColumns)
      .where(column, '=', storable(id))
      .orderBy('timestamp')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toAuditRow(row);
  };
  return {
    insert: (rows) => insertRows(rows, toAuditRecord, write),
    async list(filter, page) {
      const { rows, total } = await pageOf(dialect, log, { filter, page });
      return { rows: rows.map(toAuditRow), total };
    },
    async get(id) {
      const row = await db
        .selectFrom('audit_logs')
        .select(auditColumns)
        .where('id', '=', storable(id))
        .executeTakeFirst();
      return row === undefined ? null : toAuditRow(row);
    },
    findByResponseId: (id) => earliest('response_id', id),
    findByPreviousResponseId: (id) => earliest('previous_response_id', id),
    deleteBefore: (timestamp) =>
      deleteOlder(dialect, { table: 'audit_logs', key: 'id', time: 'timestamp', tallied: auditTallied }, timestamp),
  };
}

const log: Log<AuditFilter, AuditColumns> = {
  table: 'audit_logs',
  columns: auditColumns,
  conditions: auditConditions,
  counters: () => ['audit_logs'],
  hours: (dialect, filter) =>
    knownByAuditHours(filter) ? { table: 'audit_hours', conditions: auditHourConditions(dialect, filter) } : null,
  narrows: ({ userPath }) => isNarrow(userPath),
};
