import { type Dispatcher, type FormData, Pool } from 'undici';
import { providerFailure } from '../errors.ts';
import type { Metrics } from '../metrics/registry.ts';
import { turnEnd } from '../turn.ts';
import { type BreakerPolicy, type BreakerState, createBreaker, verdictOf } from './breaker.ts';
import { type RetryPolicy, retryDelay } from './retry.ts';
import { upstreamError } from './upstream-error.ts';

/** One call to a provider; `path` is relative to its base URL. */
export interface UpstreamRequest {
  readonly method: Dispatcher.HttpMethod;
  readonly path: string;
  /** Metric label; by default the path. */
  readonly endpoint?: string;
  readonly model?: string;
  readonly body?: string | Buffer | FormData;
  /** Further headers; credentials always win. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Our request id, as bytes came in. */
  readonly requestId: string;
  readonly stream?: boolean;
  /** Replies of 3xx are the caller's own business; without it they are failures, as no one here follows them. */
  readonly relayed?: boolean;
}

export interface UpstreamClient {
  /** The reply, body unread, when its status is below 300, or 400 if relayed; else throws the mapped error. */
  open(request: UpstreamRequest): Promise<Dispatcher.ResponseData>;
  /** Body text of such a reply. */
  text(request: UpstreamRequest): Promise<string>;
  /** Whether calls are let through (spec/gateway.md 2.12). */
  circuit(): BreakerState;
  /** Fails what goes on, and waits for no further attempt. */
  close(): Promise<void>;
}

export interface ClientOptions {
  readonly provider: string;
  readonly baseUrl: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestIdHeader: string;
  readonly headersTimeout: number;
  readonly bodyTimeout: number;
  readonly retry: RetryPolicy;
  readonly breaker: BreakerPolicy;
  readonly metrics: Metrics;
}

const largestReply = 256 * 1_048_576;
const retried: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Keeps connections to one provider open. Calls nothing but the configured base URL. */
export function createClient(options: ClientOptions): UpstreamClient {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/$/, '');
  const pool = new Pool(base.origin, {
    connections: 256,
    keepAliveTimeout: 30_000,
    headersTimeout: options.headersTimeout,
    bodyTimeout: options.bodyTimeout,
    maxResponseSize: largestReply,
  });
  const attempt = async (request: UpstreamRequest): Promise<Dispatcher.ResponseData> => {
    const { path, body = null, model = 'unknown', endpoint = path, stream = false } = request;
    const end = options.metrics.begin({ provider: options.provider, model, endpoint, stream });
    try {
      const headers = headersOf(request, options);
      const reply = await pool.request({ method: request.method, path: prefix + path, headers, body });
      end(reply.statusCode);
      return reply;
    } catch (error) {
      end('network_error');
      throw transportFailure(error);
    }
  };
  const closing = new AbortController();
  const repeats = options.retry.retries > 0;
  const breaker = createBreaker(options.breaker);
  const guarded = async (request: UpstreamRequest) => {
    const leave = breaker.enter();
    const policy = repeats && mayRepeat(request) ? options.retry : null;
    try {
      const reply = await (policy === null
        ? attempt(request)
        : withRetries(() => attempt(request), policy, closing.signal));
      leave(verdictOf(reply.statusCode));
      return reply;
    } catch (error) {
      leave('failure');
      throw error;
    }
  };
  const open = async (request: UpstreamRequest) => {
    const reply = await guarded(request);
    if (reply.statusCode >= (request.relayed === true ? 400 : 300)) {
      throw upstreamError(reply.statusCode, await whole(reply.body.text()));
    }
    return reply;
  };
  return {
    open,
    async text(request) {
      const { body } = await open(request);
      const text = await whole(body.text());
      await turnEnd();
      return text;
    },
    circuit: breaker.state,
    close() {
      closing.abort();
      return pool.destroy();
    },
  };
}

/** The whole body, as it came. @throws 502 when it breaks off */
export async function bodyBytes({ body }: Dispatcher.ResponseData): Promise<Buffer> {
  return Buffer.from(await whole(body.arrayBuffer()));
}

async function whole<Content>(reading: Promise<Content>): Promise<Content> {
  try {
    return await reading;
  } catch (error) {
    throw transportFailure(error);
  }
}

function mayRepeat({ stream, body }: UpstreamRequest): boolean {
  return stream !== true && (body === undefined || typeof body === 'string');
}

async function withRetries(
  attempt: () => Promise<Dispatcher.ResponseData>,
  policy: RetryPolicy,
  closing: AbortSignal,
): Promise<Dispatcher.ResponseData> {
  for (let failures = 0; ; failures += 1) {
    const last = closing.aborted || failures >= policy.retries;
    try {
      const reply = await attempt();
      if (last || !retried.has(reply.statusCode)) return reply;
      await reply.body.dump();
    } catch (error) {
      if (last) throw error;
    }
    await retryDelay(policy, failures, closing);
  }
}

function headersOf(
  { requestId, body, headers: more }: UpstreamRequest,
  options: ClientOptions,
): Record<string, string> {
  const headers: Record<string, string> = { ...more, ...options.headers };
  const version = more?.['anthropic-version'];
  if (version !== undefined) headers['anthropic-version'] = version;
  if (typeof body === 'string') headers['content-type'] = 'application/json';
  // OpenAI refuses ids that are not short ASCII.
  const carries = options.requestIdHeader !== 'x-client-request-id' || /^[\x20-\x7e]{1,512}$/.test(requestId);
  if (carries) headers[options.requestIdHeader] = requestId;
  return headers;
}

function transportFailure(error: unknown) {
  const reason =
    error instanceof Error ? error.message || ('code' in error ? String(error.code) : error.name) : String(error);
  return providerFailure(`upstream request failed: ${reason}`, { cause: error });
}
