import { type Expression, expressionBuilder, type SqlBool } from 'kysely';
import { fold, storable } from '../../text.ts';
import type { AuditFilter, UsageFilter } from '../ports/index.ts';
import { isNarrow } from '../rows/filters.ts';
import type { SqlDialect, Tables } from './dialect.ts';

type Conditions = Expression<SqlBool>[];

/** One condition for each filter that is set. An empty text is a substring of everything and filters nothing. */
export function auditConditions(dialect: SqlDialect, filter: AuditFilter): Conditions {
  return [
    ...spanConditions(filter),
    ...subtreeConditions(dialect, filter.userPath),
    ...(filter.search ? [dialect.contains('search_text', fold(storable(filter.search)))] : []),
    ...auditHourConditions(dialect, filter),
  ];
}

/** What is asked alike of rows and of hours. */
export function auditHourConditions(dialect: SqlDialect, filter: AuditFilter): Conditions {
  const eb = expressionBuilder<Tables, 'audit_logs'>();
  const conditions: Conditions = [];
  const substrings = {
    folded_requested_model: filter.requestedModel,
    folded_provider: filter.provider,
    folded_path: filter.path,
    folded_error_type: filter.errorType,
  };
  for (const [column, text] of Object.entries(substrings)) {
    if (text) {
      conditions.push(dialect.contains(column, fold(storable(text))));
    }
  }
  if (filter.method !== undefined) {
    conditions.push(eb('method', '=', storable(filter.method)));
  }
  if (filter.statusCode !== undefined) {
    conditions.push(eb('status_code', '=', filter.statusCode));
  }
  if (filter.stream !== undefined) {
    conditions.push(eb('stream', '=', filter.stream));
  }
  return conditions;
}

export function usageConditions(dialect: SqlDialect, filter: UsageFilter): Conditions {
  const eb = expressionBuilder<Tables, 'usage'>();
  const conditions = [...spanConditions(filter), ...sharedConditions(dialect, filter)];
  if (filter.cacheMode !== 'all') {
    conditions.push(eb('cache_type', filter.cacheMode === 'cached' ? 'is not' : 'is', null));
  }
  if (filter.search) {
    conditions.push(dialect.contains('search_text', fold(storable(filter.search))));
  }
  return conditions;
}

/** What a filter without a search asks of an hour, but for its time. */
export function usageHourConditions(dialect: SqlDialect, filter: UsageFilter): Conditions {
  const eb = expressionBuilder<Tables, 'usage_hours'>();
  const cached = filter.cacheMode === 'all' ? [] : [eb('cached', '=', filter.cacheMode === 'cached')];
  return [...sharedConditions(dialect, filter), ...cached];
}

/** What is asked alike of rows and of hours. */
function sharedConditions(dialect: SqlDialect, filter: UsageFilter): Conditions {
  const eb = expressionBuilder<Tables, 'usage'>();
  const conditions = subtreeConditions(dialect, filter.userPath);
  if (filter.model !== undefined) {
    conditions.push(...equal(dialect, 'model', storable(filter.model)));
  }
  if (filter.provider !== undefined) {
    const provider = storable(filter.provider);
    // A name that repeats the type is found by the type; the index of names leaves it out.
    const named = [...equal(dialect, 'provider_name', provider), eb('provider_name', '<>', eb.ref('provider'))];
    conditions.push(eb.or([eb.and(equal(dialect, 'provider', provider)), eb.and(named)]));
  }
  return conditions;
}

function equal(dialect: SqlDialect, column: 'model' | 'provider' | 'provider_name', text: string): Conditions {
  const hint = dialect.equalityHint(column, text);
  const same = expressionBuilder<Tables, 'usage'>()(column, '=', text);
  return hint === null ? [same] : [same, hint];
}

function spanConditions({ from, to }: { readonly from?: number; readonly to?: number }): Conditions {
  const eb = expressionBuilder<Tables, 'audit_logs' | 'usage'>();
  const conditions: Conditions = [];
  if (from !== undefined) {
    conditions.push(eb('timestamp', '>=', from));
  }
  if (to !== undefined) {
    conditions.push(eb('timestamp', '<', to));
  }
  return conditions;
}

// The path itself and [path + '/', path + '0'): '0' follows '/', so bytewise that is all that starts with `path + '/'`.
function subtreeConditions(dialect: SqlDialect, userPath: string | undefined): Conditions {
  if (!isNarrow(userPath)) {
    return [];
  }
  const eb = expressionBuilder<Tables, 'audit_logs' | 'usage'>();
  const path = storable(userPath);
  const end = `${path}0`;
  const hint = dialect.subtreeHint(path, end);
  return [
    eb('user_path', '>=', path),
    eb('user_path', '<', end),
    eb.or([eb('user_path', '=', path), eb('user_path', '>=', `${path}/`)]),
    ...(hint === null ? [] : [hint]),
  ];
}
