import { sql } from 'kysely';
import { keyOf } from '../rows/keyed.ts';
import { auditByHour } from './audit-by-hour.ts';
import type { SqlDialect, SqlTypes, Statements } from './dialect.ts';
import { guardTables } from './guard-tables.ts';
import { spendByHour } from './spend-by-hour.ts';
import { plain, rowsOf } from './statements.ts';
import { hourOfColumn } from './tallies.ts';
import { usageByHour } from './usage-by-hour.ts';

/** Applied in order, each once. A migration that was released is never edited: a change is a new one at the end. */
export const migrations: readonly Migration[] = [
  { version: 1, name: 'first tables', statements: ({ types }) => all(firstTables(types)) },
  { version: 2, name: 'keys, workflows, guardrails, overrides, budgets, responses, cache', statements: secondTables },
  { version: 3, name: 'counters, indexes for filters', statements: ({ types }) => all(countersAndIndexes(types)) },
  { version: 4, name: 'spend by hour', statements: spendByHour },
  { version: 5, name: 'traces, findings, verdicts', statements: ({ types }) => all(guardTables(types)) },
  { version: 6, name: 'usage by hour, batches by owner', statements: hoursAndOwners },
  { version: 7, name: 'audit by hour', statements: auditByHour },
  { version: 8, name: 'traces by action', statements: () => all([tracesByAction]) },
];

interface Migration {
  readonly version: number;
  readonly name: string;
  statements(dialect: SqlDialect): Statements<void>;
}

function* all(texts: readonly string[]): Statements<void> {
  yield* texts.map((text) => plain(text));
}

function firstTables(types: SqlTypes): readonly string[] {
  return [
    ...auditTable(types),
    ...usageTable(types),
    `create table aliases (name ${types.text} primary key, target_model ${types.text} not null, target_provider ${types.text},
      description ${types.text}, enabled ${types.flag} not null, created_at ${types.integer} not null, updated_at ${types.integer} not null)`,
    `create table batches (id ${types.text} primary key, created_at ${types.integer} not null, updated_at ${types.integer} not null,
      status ${types.text} not null, key_id ${types.text}, user_path ${types.text} not null, record ${types.text} not null)`,
    'create index batches_newest on batches (created_at desc, id desc)',
  ];
}

function auditTable({ text, integer, flag, equality, order }: SqlTypes): readonly string[] {
  return [
    `create table audit_logs (id ${text} primary key, "timestamp" ${integer} not null, duration_ns ${integer} not null,
      requested_model ${text} not null, resolved_model ${text}, provider ${text} not null, provider_name ${text},
      alias_used ${flag} not null, workflow_version_id ${text}, cache_type ${text}, status_code ${integer} not null,
      request_id ${text} not null, auth_key_id ${text}, auth_method ${text} not null, client_ip ${text} not null,
      method ${text} not null, path ${text} not null, user_path ${text} not null, stream ${flag} not null,
      error_type ${text}, error_message ${text}, response_id ${text}, previous_response_id ${text}, data ${text},
      search_text ${text} not null, folded_requested_model ${text} not null, folded_provider ${text} not null,
      folded_path ${text} not null, folded_error_type ${text})`,
    'create index audit_logs_newest on audit_logs ("timestamp" desc, id desc)',
    `create index audit_logs_user_path on audit_logs ${order('user_path')}`,
    `create index audit_logs_response_id on audit_logs ${equality('response_id')} where response_id is not null`,
    `create index audit_logs_previous_response_id on audit_logs ${equality('previous_response_id')} where previous_response_id is not null`,
  ];
}

function usageTable({ text, integer, equality, order }: SqlTypes): readonly string[] {
  return [
    `create table usage (id ${text} primary key, request_id ${text} not null, provider_id ${text} not null,
      "timestamp" ${integer} not null, model ${text} not null, provider ${text} not null, provider_name ${text},
      endpoint ${text} not null, user_path ${text} not null, cache_type ${text}, input_tokens ${integer} not null,
      output_tokens ${integer} not null, total_tokens ${integer} not null, input_cost ${integer}, output_cost ${integer},
      total_cost ${integer}, raw_data ${text}, costs_calculation_caveat ${text}, search_text ${text} not null)`,
    'create index usage_newest on usage ("timestamp" desc, id desc)',
    `create index usage_user_path on usage ${order('user_path')}`,
    `create index usage_request_id on usage ${equality('request_id')}`,
  ];
}

function* secondTables(dialect: SqlDialect): Statements<void> {
  const { types } = dialect;
  yield* aliasesByKey(dialect);
  yield* all([...namedTables(types), ...budgetTables(types), ...keyAndWorkflowTables(types), ...answerTables(types)]);
}

/** A name was the primary key, and no longer than PostgreSQL's B-tree takes. Now it may be. */
function* aliasesByKey({ db, types: { text, integer, flag } }: SqlDialect): Statements<void> {
  yield plain('alter table aliases rename to aliases_1');
  yield plain(`create table aliases (key ${text} primary key, name ${text} not null, target_model ${text} not null,
    target_provider ${text}, description ${text}, enabled ${flag} not null, created_at ${integer} not null,
    updated_at ${integer} not null)`);
  for (const { name } of yield* rowsOf<{ readonly name: string }>(plain('select name from aliases_1'))) {
    yield sql`insert into aliases (key, name, target_model, target_provider, description, enabled, created_at, updated_at)
      select ${keyOf(name)}, name, target_model, target_provider, description, enabled, created_at, updated_at
      from aliases_1 where name = ${name}`.compile(db);
  }
  yield plain('drop table aliases_1');
}

function namedTables({ text, integer }: SqlTypes): readonly string[] {
  return [
    `create table guardrail_definitions (key ${text} primary key, name ${text} not null, type ${text} not null,
      description ${text}, user_path ${text}, config ${text} not null, created_at ${integer} not null, updated_at ${integer} not null)`,
    `create table model_overrides (key ${text} primary key, selector ${text} not null, provider_name ${text}, model ${text},
      user_paths ${text} not null, created_at ${integer} not null, updated_at ${integer} not null)`,
  ];
}

function budgetTables({ text, integer, equality }: SqlTypes): readonly string[] {
  return [
    `create table budgets (key ${text} primary key, user_path ${text} not null, period_seconds ${integer} not null,
      amount ${integer} not null, source ${text} not null, last_reset_at ${integer}, created_at ${integer} not null,
      updated_at ${integer} not null)`,
    `create index budgets_user_path on budgets ${equality('user_path')}`,
    `create table budget_settings (key ${text} primary key, daily_reset_hour ${integer} not null,
      daily_reset_minute ${integer} not null, weekly_reset_weekday ${integer} not null, weekly_reset_hour ${integer} not null,
      weekly_reset_minute ${integer} not null, monthly_reset_day ${integer} not null, monthly_reset_hour ${integer} not null,
      monthly_reset_minute ${integer} not null, updated_at ${integer})`,
  ];
}

function keyAndWorkflowTables({ text, integer, flag }: SqlTypes): readonly string[] {
  return [
    `create table auth_keys (id ${text} primary key, name ${text} not null, description ${text}, user_path ${text},
      redacted_value ${text} not null, secret_hash ${text} not null unique, enabled ${flag} not null, expires_at ${integer},
      deactivated_at ${integer}, created_at ${integer} not null, updated_at ${integer} not null)`,
    `create table workflow_versions (id ${text} primary key, scope_provider ${text}, scope_model ${text}, scope_user_path ${text},
      scope_key ${text} not null, scope_hash ${text} not null, version ${integer} not null, active ${flag} not null,
      managed_default ${flag} not null, name ${text} not null, description ${text}, workflow_payload ${text} not null,
      workflow_hash ${text} not null, created_at ${integer} not null, unique (scope_hash, version))`,
    'create unique index workflow_versions_active on workflow_versions (scope_hash) where active',
  ];
}

function answerTables({ text, integer, bytes }: SqlTypes): readonly string[] {
  return [
    `create table responses (key ${text} primary key, id ${text} not null, created_at ${integer} not null, key_id ${text},
      user_path ${text} not null, provider ${text} not null, record ${text} not null, input_items ${text} not null)`,
    'create index responses_created_at on responses (created_at)',
    `create table response_cache (key ${text} primary key, body ${bytes} not null, content_type ${text} not null,
      metadata ${text} not null, expires_at ${integer} not null)`,
    'create index response_cache_expires_at on response_cache (expires_at)',
  ];
}

// Ascending: rows arrive by time, and a B-tree that grows at its end keeps its pages full. It is read backwards as fast.
function countersAndIndexes({ text, integer, order }: SqlTypes): readonly string[] {
  const tables = ['audit_logs', 'usage'];
  return [
    `create table row_counts (name ${text} not null, hour ${integer} not null, shard ${integer} not null, total ${integer} not null,
      primary key (name, hour, shard))`,
    `insert into row_counts (name, hour, shard, total)
      select 'audit_logs', ${hourOfColumn('"timestamp"')}, 0, count(*) from audit_logs group by 2`,
    `insert into row_counts (name, hour, shard, total)
      select case when cache_type is null then 'usage' else 'usage cached' end, ${hourOfColumn('"timestamp"')}, 0, count(*)
      from usage group by 1, 2`,
    ...tables.flatMap((table) => [`drop index ${table}_newest`, `drop index ${table}_user_path`]),
    ...tables.map((table) => `create index ${table}_newest on ${table} ("timestamp", id)`),
    `create index audit_logs_user_path on audit_logs ${order('user_path', '"timestamp"')}`,
    // What a budget's spend is added up from.
    `create index usage_user_path on usage ${order('user_path', '"timestamp"', 'cache_type', 'total_cost')}`,
    `create index usage_model on usage ${order('model', '"timestamp"')}`,
    `create index usage_provider on usage ${order('provider', '"timestamp"')}`,
    `create index usage_provider_name on usage ${order('provider_name', '"timestamp"')} where provider_name <> provider`,
  ];
}

const tracesByAction = 'create index traces_action on traces (action, "timestamp", id)';

function* hoursAndOwners(dialect: SqlDialect): Statements<void> {
  const { order } = dialect.types;
  yield* usageByHour(dialect);
  yield* all([
    `create index batches_key_id on batches ${order('key_id', 'created_at', 'id')}`,
    `create index batches_user_path on batches ${order('user_path', 'created_at', 'id')}`,
  ]);
}
