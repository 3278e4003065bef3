import { param, strictLimit } from '../http/query.ts';
import { type Call, type Endpoint, json, noContent, type Reply } from '../http/types.ts';
import { iso } from '../json/write.ts';
import type { Storage, Trace, TraceRecord, Verdict } from '../storage/ports/index.ts';
import type { JudgeState, Judging, RecentTraces } from './recent.ts';
import type { Scopes } from './scopes.ts';

export interface DebugDeps {
  readonly storage: Pick<Storage, 'traces' | 'verdicts'>;
  readonly recent: RecentTraces;
  readonly scopes: Pick<Scopes, 'drop'>;
  /** Whether any policy has a judge. */
  readonly judging: boolean;
}

/** Everything that is known of one trace (contracts-guardrail.md 7). Not there at all unless debugging is on. */
export function debugEndpoints(deps: DebugDeps): readonly Endpoint[] {
  return [
    { method: 'GET', path: '/debug/traces', access: 'admin', handle: (call) => newest(call, deps) },
    { method: 'GET', path: '/debug/traces/:id', access: 'admin', handle: (call) => trace(call, deps) },
    { method: 'GET', path: '/debug/judge/verdicts', access: 'admin', handle: (call) => verdict(call, deps) },
    { method: 'DELETE', path: '/debug/scopes/:scope', access: 'admin', handle: (call) => dropScope(call, deps) },
  ];
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Stored traces, newest first: `limit` (20, at most 100) of them, of one `action` or of all. */
async function newest({ query }: Call, { storage }: DebugDeps): Promise<Reply> {
  const action = param(query, 'action');
  const limit = strictLimit(query);
  const found = await storage.traces.list(action === undefined ? {} : { action }, limit);
  return json(JSON.stringify({ traces: found.map((one) => withoutNull(traceView(one))) }));
}

async function trace({ params }: Call, { storage, recent, judging }: DebugDeps): Promise<Reply> {
  const id = traceId(params.id);
  if (id === null) return refused(400, 'invalid_trace_id', 'expected a UUID');
  // Asked before the store is: a judge that is done by now has written what it said.
  const known = recent.find(id);
  const record = known?.record ?? (known === null ? await storage.traces.get(id) : null);
  if (known === null && record === null) return refused(404, 'unknown_trace', 'no such trace');
  const [judged] = await storage.verdicts.list({ traceId: id }, 1);
  const isComplete = known === null || (known.record !== null && known.stored);
  return json(
    JSON.stringify({
      state: isComplete ? 'complete' : 'pending',
      ...(record === null ? {} : { trace: withoutNull(traceView(record.trace)) }),
      findings: record === null ? [] : findingViews(record),
      judge: {
        ...(known?.judging ?? stateOf(judged, judging)),
        ...(judged === undefined ? {} : { verdict: withoutNull(view(judged)) }),
      },
    }),
  );
}

async function verdict({ query }: Call, { storage, recent, judging }: DebugDeps): Promise<Reply> {
  const id = traceId(param(query, 'trace_id') ?? '');
  if (id === null) return refused(400, 'invalid_trace_id', 'trace_id must be a UUID');
  if (!judging) return refused(501, 'judge_disabled', 'no policy has a judge');
  const known = recent.find(id);
  const [found] = await storage.verdicts.list({ traceId: id }, 1);
  if (found !== undefined) return json(JSON.stringify(withoutNull(view(found))));
  const { state, reason } = known?.judging ?? stateOf(undefined, judging);
  const code = state === 'done' || state === 'off' ? 'not_routed' : state;
  return refused(404, code, `no verdict: ${reason ?? code}`);
}

async function dropScope({ params }: Call, { scopes }: DebugDeps): Promise<Reply> {
  const isGone = scopes.drop(params.scope ?? '');
  return isGone ? noContent : refused(404, 'unknown_scope', 'no such scope');
}

function stateOf(judged: Verdict | undefined, judging: boolean): Judging {
  const state: JudgeState = judged === undefined ? (judging ? 'not_routed' : 'off') : 'done';
  return { state, tiers: [] };
}

function traceId(given: string | undefined): string | null {
  const id = (given ?? '').trim().toLowerCase();
  return uuid.test(id) ? id : null;
}

function refused(status: number, code: string, message: string): Reply {
  return json(JSON.stringify({ error: { type: 'debug_error', code, message } }), status);
}

/** What is empty is left out (contracts.md 5). */
function withoutNull(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** As the database holds it, by the same names. */
function traceView(trace: Trace) {
  return {
    id: trace.id,
    timestamp: trace.timestamp,
    duration_ns: trace.durationNs,
    request_id: trace.requestId,
    client_trace_id: trace.clientTraceId,
    auth_key_id: trace.authKeyId,
    user_path: trace.userPath,
    method: trace.method,
    path: trace.path,
    provider: trace.provider,
    model: trace.model,
    stream: trace.stream,
    status_code: trace.statusCode,
    policy: trace.policy,
    mode: trace.mode,
    action: trace.action,
    request_action: trace.requestAction,
    reply_action: trace.replyAction,
    upstream_called: trace.upstreamCalled,
    score: trace.score,
    incomplete: JSON.parse(trace.incomplete) as readonly string[],
    findings_count: trace.findingsCount,
  };
}

function findingViews({ trace, findings }: TraceRecord) {
  return findings.map((finding) => ({
    trace_id: trace.id,
    ordinal: finding.ordinal,
    timestamp: trace.timestamp,
    type: finding.type,
    severity: finding.severity,
    confidence: finding.confidence,
    description: finding.description,
    location: finding.location,
    detector: finding.detector,
    metadata: JSON.parse(finding.metadata) as Readonly<Record<string, string>>,
    requires_alert: finding.requiresAlert,
    decision: finding.decision,
  }));
}

/** The names of spec/attacks.md 4.4. */
function view(verdict: Verdict) {
  return {
    trace_id: verdict.traceId,
    judge_run: verdict.judgeRun,
    timestamp: verdict.timestamp,
    user_path: verdict.userPath,
    is_threat: verdict.isThreat,
    category: verdict.category,
    confidence: verdict.confidence,
    security_score: verdict.securityScore,
    recommended_action: verdict.recommendedAction,
    reasoning: verdict.reasoning,
    mode: verdict.mode,
    model_used: verdict.modelUsed,
    latency_ms: verdict.latencyMs,
    prompt_tokens: verdict.promptTokens,
    completion_tokens: verdict.completionTokens,
    created_at: iso(verdict.timestamp),
  };
}
