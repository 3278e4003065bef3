import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Kind, Target } from '../target.ts';
import { mongoTarget } from './mongo.ts';
import { postgresTarget } from './postgres.ts';
import { sqliteTarget } from './sqlite.ts';

/** Databases of this run's own on the server (or in the folder) that the cell's setup hands over (contracts.md 7). */
export function conformanceTarget(kind: Kind): Target {
  const location = conformanceLocation(kind);
  const run = `conformance_${randomBytes(4).toString('hex')}`;
  switch (kind) {
    case 'sqlite':
      return sqliteTarget(join(location, run));
    case 'postgres':
      return postgresTarget(location, run);
    case 'mongo':
      return mongoTarget(location, run);
  }
}

/** Why the cell has no server to test on, when nobody asked for that cell by name; null when there is one. */
export function conformanceSkipped(kind: Kind): string | null {
  return /^skipped: (.*)/s.exec(process.env[variableOf(kind)] ?? '')?.[1] ?? null;
}

// The only place below src/gateway/storage that reads the environment: Jest has no other way to hand a value to a test file.
function conformanceLocation(kind: Kind): string {
  const name = variableOf(kind);
  const value = process.env[name] ?? '';
  if (value === '') {
    throw new Error(`${name} is not set, which the cell's setup does: run \`npx jest --selectProjects ${kind}\``);
  }
  if (value.startsWith('unavailable: ')) throw new Error(`The cell is ${value}`);
  return value;
}

function variableOf(kind: Kind): string {
  return `MATRIX_CONFORMANCE_${kind.toUpperCase()}`;
}
