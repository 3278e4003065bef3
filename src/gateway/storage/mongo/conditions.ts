import type { Document } from 'mongodb';
import { fold, storable } from '../../text.ts';
import type { AuditFilter, UsageFilter } from '../ports/index.ts';
import { isNarrow, onlySpan } from '../rows/filters.ts';

/**
 * A filter document. What callers typed occurs only below `$eq`, `$gte`, `$lt` or `$literal`, never as an operator, a field or a
 * regular expression (spec/divergence.md TXT-06). An empty text is a substring of everything and filters nothing.
 */
export function auditConditions(filter: AuditFilter): Document {
  return all([
    ...spanConditions(filter),
    ...subtreeConditions(filter.userPath),
    ...contains('search_text', filter.search),
    ...auditHourList(filter),
  ]);
}

/** Of a filter for a path and a span alone: each part of the subtree is one range of the index of both, and none is in two. */
export function auditPathConditions({ userPath, ...others }: AuditFilter): Conditions | null {
  return isNarrow(userPath) && onlySpan(others)
    ? subtreeParts(userPath).map((part) => all([...spanConditions(others), part]))
    : null;
}

/** What is asked alike of rows and of hours. */
export function auditHourConditions(filter: AuditFilter): Document {
  return all(auditHourList(filter));
}

function auditHourList(filter: AuditFilter): Conditions {
  return [
    ...contains('folded_requested_model', filter.requestedModel),
    ...contains('folded_provider', filter.provider),
    ...contains('folded_path', filter.path),
    ...contains('folded_error_type', filter.errorType),
    ...equals('method', filter.method === undefined ? undefined : storable(filter.method)),
    ...equals('status_code', filter.statusCode),
    ...equals('stream', filter.stream),
  ];
}

export function usageConditions(filter: UsageFilter): Document {
  return all([
    ...spanConditions(filter),
    ...sharedConditions(filter),
    ...cacheConditions(filter.cacheMode),
    ...contains('search_text', filter.search),
  ]);
}

/** What a filter without a search asks of an hour, but for its time. */
export function usageHourConditions(filter: UsageFilter): Document {
  const cached = filter.cacheMode === 'all' ? undefined : filter.cacheMode === 'cached';
  return all([...sharedConditions(filter), ...equals('cached', cached)]);
}

/** What is asked alike of rows and of hours. */
function sharedConditions(filter: UsageFilter): Conditions {
  const provider = filter.provider === undefined ? undefined : storable(filter.provider);
  return [
    ...subtreeConditions(filter.userPath),
    ...equals('model', filter.model === undefined ? undefined : storable(filter.model)),
    ...(provider === undefined
      ? []
      : [{ $or: [...equals('provider', provider), ...equals('provider_name', provider)] }]),
  ];
}

type Conditions = readonly Document[];

function all(conditions: Conditions): Document {
  return conditions.length === 0 ? {} : { $and: conditions };
}

function equals(field: string, value: string | number | boolean | undefined): Conditions {
  return value === undefined ? [] : [{ [field]: { $eq: value } }];
}

function contains(field: string, text: string | undefined): Conditions {
  if (!text) {
    return [];
  }
  // Bytes need no counting of characters; null stands for a null field and is below 0.
  const position = { $indexOfBytes: [`$${field}`, { $literal: fold(storable(text)) }] };
  return [{ $expr: { $gte: [position, 0] } }];
}

function spanConditions({ from, to }: { readonly from?: number; readonly to?: number }): Conditions {
  return [
    ...(from === undefined ? [] : [{ timestamp: { $gte: from } }]),
    ...(to === undefined ? [] : [{ timestamp: { $lt: to } }]),
  ];
}

function cacheConditions(mode: UsageFilter['cacheMode']): Conditions {
  return mode === 'all' ? [] : [{ cache_type: mode === 'cached' ? { $ne: null } : { $eq: null } }];
}

export function subtreeConditions(userPath: string | undefined): Conditions {
  return isNarrow(userPath) ? [{ $or: [...subtreeParts(userPath)] }] : [];
}

// The path itself, and what lies below: [path + '/', path + '0') is bytewise all that starts with `path + '/'`, as '0' follows '/'.
function subtreeParts(userPath: string): Conditions {
  const path = storable(userPath);
  return [{ user_path: { $eq: path } }, { user_path: { $gte: `${path}/`, $lt: `${path}0` } }];
}
