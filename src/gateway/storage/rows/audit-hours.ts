import type { AuditFilter } from '../ports/index.ts';
import type { AuditRecord } from './audit.ts';
import { isNarrow } from './filters.ts';
import { keyOf } from './keyed.ts';
import { hourOf, type Tally } from './tally.ts';
import type { Integer } from './values.ts';

/** How many audit rows of an hour have all in common that filters ask for, but for user path and search. */
export interface AuditHourColumns extends Pick<AuditRecord, (typeof auditHourGiven)[number]> {
  /** `auditHourName`. */
  readonly name: string;
  readonly hour: Integer;
  readonly shard: Integer;
  readonly total: Integer;
}

export const auditHourGiven = [
  'folded_requested_model',
  'folded_provider',
  'folded_path',
  'folded_error_type',
  'method',
  'status_code',
  'stream',
] as const;

/** What all rows of one tally have in common. */
export type AuditHourGiven = Pick<AuditRecord, (typeof auditHourGiven)[number]>;

/** What an audit row is tallied by. */
export const talliedAuditColumns = ['timestamp', ...auditHourGiven] as const;

export type TalliedAudit = Pick<AuditRecord, (typeof talliedAuditColumns)[number]>;

/** One text for all rows of one tally; NUL occurs in no stored text. */
export function sameAudit(given: AuditHourGiven): string {
  const { folded_requested_model, folded_provider, folded_path, folded_error_type, method, status_code, stream } =
    given;
  const error = folded_error_type === null ? ['', 'none'] : [folded_error_type, ''];
  const numbers = [Number(status_code), Number(stream)];
  return [folded_requested_model, folded_provider, folded_path, ...error, method, ...numbers].join('\0');
}

export function auditHourGivenOf(row: AuditHourGiven): AuditHourGiven {
  const { folded_requested_model, folded_provider, folded_path, folded_error_type, method, status_code, stream } = row;
  return { folded_requested_model, folded_provider, folded_path, folded_error_type, method, status_code, stream };
}

/** Of one size whatever it stands for. */
export function auditHourName(given: AuditHourGiven): string {
  return keyOf(...sameAudit(given).split('\0'));
}

export function auditHourTallies(rows: readonly TalliedAudit[]): readonly Tally[] {
  const groups = Map.groupBy(rows, (row) => `${hourOf(row)} ${sameAudit(row)}`);
  return [...groups.values()].flatMap(([row, ...others]) =>
    row === undefined ? [] : [auditHourTally(row, hourOf(row), 1 + others.length)],
  );
}

export function auditHourTally(row: AuditHourGiven, hour: number, total: number): Tally {
  const given = { ...auditHourGivenOf(row), status_code: Number(row.status_code), stream: Boolean(row.stream) };
  return { table: 'audit_hours', name: auditHourName(given), hour, given, sums: { total: BigInt(total) } };
}

/** Whether the hours know all that a filter asks of a row. */
export function knownByAuditHours({ search, userPath }: AuditFilter): boolean {
  return !search && !isNarrow(userPath);
}
