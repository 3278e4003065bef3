import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What a newer release might have given a column or a field. */
export const widened = ['aliases', 'batches', 'audit_logs', 'usage'];

export const widening = widened.map((table) => `alter table ${table} add column added text default 'newer'`).join('; ');

export const tallyCount = `select (select count(*) from row_counts) + (select count(*) from usage_hours) + (select count(*) from usage_path_hours)
  + (select count(*) from audit_hours) as tallies`;

// Jest's modules are CommonJS, so there is a folder's name.
export function firstSchema(file: string): Promise<string> {
  return readFile(join(__dirname, '../first-schema', file), 'utf8');
}
