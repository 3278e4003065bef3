import { type Collection, type Db, type IndexDescription, MongoServerError } from 'mongodb';
import { keyOf } from '../rows/keyed.ts';
import { addUpUsage, countAudit, countExisting, countSpend, forgetProgress } from './backfill.ts';
import { translated } from './errors.ts';
import { repeatedOnDuplicate } from './keyed.ts';
import { pathAndTime } from './page.ts';

/**
 * Applies what is missing, in order. Each step may run twice or beside itself, so replicas that start together need no lock
 * (spec/divergence.md OPS-01). A migration that was released is never edited: a change is a new one at the end.
 */
export async function migrate(db: Db): Promise<void> {
  const versions = db.collection<{ readonly _id: number | string; readonly name: string }>('schema_migrations');
  const applied = new Set((await translated(versions.find().toArray())).map((document) => document._id));
  const missing = migrations.filter(({ version }) => !applied.has(version));
  for (const { version, name, up } of missing) {
    await translated(up(db));
    await translated(versions.updateOne({ _id: version }, { $set: { name } }, { upsert: true }));
  }
  if (missing.length > 0) await translated(forgetProgress(db));
}

interface Migration {
  readonly version: number;
  readonly name: string;
  up(db: Db): Promise<void>;
}

const migrations: readonly Migration[] = [
  { version: 1, name: 'first tables', up: firstIndexes },
  { version: 2, name: 'keys, workflows, guardrails, overrides, budgets, responses, cache', up: secondTables },
  { version: 3, name: 'counters, indexes for filters', up: countersAndIndexes },
  { version: 4, name: 'spend by hour', up: (db) => countSpend(db, 4) },
  { version: 5, name: 'traces, findings, verdicts', up: guardIndexes },
  { version: 6, name: 'usage by hour, batches by owner', up: hoursAndOwners },
  { version: 7, name: 'audit by hour', up: auditByHour },
  { version: 8, name: 'traces by action, audit by path and time', up: actionsAndPaths },
];

async function firstIndexes(db: Db): Promise<void> {
  const newest: IndexDescription = { key: { timestamp: -1, _id: -1 }, name: 'newest' };
  const userPath: IndexDescription = { key: { user_path: 1 }, name: 'user_path' };
  await db
    .collection('audit_logs')
    .createIndexes([newest, userPath, ifPresent('response_id'), ifPresent('previous_response_id')]);
  await db.collection('usage').createIndexes([newest, userPath, { key: { request_id: 1 }, name: 'request_id' }]);
  await db.collection('batches').createIndexes([{ key: { created_at: -1, _id: -1 }, name: 'newest' }]);
}

async function guardIndexes(db: Db): Promise<void> {
  const newest: IndexDescription = { key: { timestamp: -1, _id: -1 }, name: 'newest' };
  const byTrace: IndexDescription = { key: { trace_id: 1 }, name: 'trace' };
  await createIndexes(db, { traces: [newest], findings: [newest, byTrace], verdicts: [newest, byTrace] });
}

function ifPresent(field: string): IndexDescription {
  return { key: { [field]: 1 }, name: field, partialFilterExpression: { [field]: { $gt: '' } } };
}

async function secondTables(db: Db): Promise<void> {
  await aliasesByKey(db.collection('aliases'));
  const byName: IndexDescription = { key: { name: 1 }, name: 'name' };
  await createIndexes(db, {
    aliases: [byName],
    guardrail_definitions: [byName],
    model_overrides: [{ key: { selector: 1 }, name: 'selector' }],
    budgets: [{ key: { user_path: 1, period_seconds: -1 }, name: 'user_path' }],
    auth_keys: [{ key: { secret_hash: 1 }, name: 'secret_hash', unique: true }],
    workflow_versions: [
      { key: { scope_hash: 1, version: 1 }, name: 'version', unique: true },
      { key: { scope_hash: 1 }, name: 'active', unique: true, partialFilterExpression: { active: true } },
    ],
    responses: [{ key: { created_at: 1 }, name: 'created_at' }],
    response_cache: [{ key: { expires_at: 1 }, name: 'expires_at' }],
  });
}

// Creates each collection too: within a transaction that would make transactions that meet fail.
async function createIndexes(db: Db, indexes: Readonly<Record<string, IndexDescription[]>>): Promise<void> {
  await Promise.all(Object.entries(indexes).map(([name, list]) => db.collection(name).createIndexes(list)));
}

// A name was `_id`. The new document is there before the old one goes, and one that is there already stays.
async function aliasesByKey(aliases: Collection<{ readonly _id: string; readonly name?: string }>): Promise<void> {
  for await (const { _id, ...rest } of aliases.find({ name: { $exists: false } })) {
    await repeatedOnDuplicate(() =>
      aliases.updateOne({ _id: keyOf(_id) }, { $setOnInsert: { name: _id, ...rest } }, { upsert: true }),
    );
    await aliases.deleteOne({ _id, name: { $exists: false } });
  }
}

async function countersAndIndexes(db: Db): Promise<void> {
  const byFilter = ['model', 'provider', 'provider_name'];
  await createIndexes(db, {
    row_counts: [{ key: { name: 1, hour: 1 }, name: 'hour' }],
    usage: byFilter.map((field) => ({ key: { [field]: 1, timestamp: -1, _id: -1 }, name: field })),
  });
  await countExisting(db, 3);
}

async function hoursAndOwners(db: Db): Promise<void> {
  const byHour: IndexDescription = { key: { hour: 1 }, name: 'hour' };
  const ofOwner = ['key_id', 'user_path'];
  await createIndexes(db, {
    usage_hours: [byHour],
    usage_path_hours: [byHour],
    batches: ofOwner.map((field) => ({ key: { [field]: 1, created_at: -1, _id: -1 }, name: field })),
  });
  await addUpUsage(db, 6);
}

async function auditByHour(db: Db): Promise<void> {
  await createIndexes(db, { audit_hours: [{ key: { hour: 1 }, name: 'hour' }] });
  await countAudit(db, 7);
}

async function actionsAndPaths(db: Db): Promise<void> {
  await createIndexes(db, {
    traces: [{ key: { action: 1, timestamp: -1, _id: -1 }, name: 'action' }],
    audit_logs: [{ key: { user_path: 1, timestamp: 1 }, name: pathAndTime }],
  });
  await dropIndex(db.collection('audit_logs'), 'user_path');
}

// Another replica may have dropped it.
async function dropIndex(collection: Collection, name: string): Promise<void> {
  try {
    await collection.dropIndex(name);
  } catch (error) {
    if (!(error instanceof MongoServerError && error.codeName === 'IndexNotFound')) throw error;
  }
}
