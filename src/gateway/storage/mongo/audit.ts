import type { Collection, Db } from 'mongodb';
import { storable } from '../../text.ts';
import type { AuditFilter, AuditRow, AuditStore } from '../ports/index.ts';
import { type AuditRecord, toAuditRecord, toAuditRow } from '../rows/audit.ts';
import { knownByAuditHours } from '../rows/audit-hours.ts';
import { auditTallied } from '../rows/counts.ts';
import { isNarrow } from '../rows/filters.ts';
import { insertRows } from '../rows/insert.ts';
import { auditConditions, auditHourConditions, auditPathConditions } from './conditions.ts';
import { type AuditDocument, exact } from './documents.ts';
import { translated } from './errors.ts';
import { talliedLog } from './log.ts';
import { type LogQuery, pageOf } from './page.ts';
import { earliestFirst } from './rows.ts';

export function mongoAudit(db: Db, shard: number): AuditStore {
  const log = talliedLog<AuditRecord>(db, {
    collection: name,
    shard,
    tallied: auditTallied,
  });
  const audit: Collection<AuditDocument> = db.collection(name, exact);
  const earliest = async (field: 'response_id' | 'previous_response_id', id: string): Promise<AuditRow | null> => {
    const found = audit.find({ [field]: { $eq: storable(id) } }, { projection: omit });
    const [document] = await translated(found.sort(earliestFirst).limit(1).toArray());
    return document === undefined ? null : fromDocument(document);
  };
  return {
    insert: (rows) => insertRows(rows, toAuditRecord, log.insert),
    async list(filter, page) {
      const { rows, total } = await pageOf(audit, query, { filter, page });
      return { rows: rows.map(fromDocument), total };
    },
    async get(id) {
      const document = await translated(audit.findOne({ _id: storable(id) }, { projection: omit }));
      return document === null ? null : fromDocument(document);
    },
    findByResponseId: (id) => earliest('response_id', id),
    findByPreviousResponseId: (id) => earliest('previous_response_id', id),
    deleteBefore: log.deleteBefore,
  };
}

const omit = {
  search_text: 0,
  folded_requested_model: 0,
  folded_provider: 0,
  folded_path: 0,
  folded_error_type: 0,
} as const;

const query: LogQuery<AuditFilter> = {
  omit,
  conditions: auditConditions,
  counters: () => ['audit_logs'],
  hours: (filter) =>
    knownByAuditHours(filter) ? { collection: 'audit_hours', conditions: auditHourConditions(filter) } : null,
  byPathAndTime: auditPathConditions,
  // Rows of one path come from all times.
  found: ({ userPath }) => (isNarrow(userPath) ? 'scattered' : 'nothing'),
};

const name = 'audit_logs';

function fromDocument({ _id, ...rest }: AuditDocument): AuditRow {
  return toAuditRow({ id: _id, ...rest });
}
