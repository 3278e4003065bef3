import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type HTTPMethods } from 'fastify';
import type { Logger } from 'pino';
import { envelope, invalidRequest, notFound } from '../errors.ts';
import type { Ids } from '../ids.ts';
import { turnEnd } from '../turn.ts';
import { requestIdOf } from './begin.ts';
import { createClientErrorHandler } from './client-error.ts';
import { drain } from './drain.ts';
import { toGatewayError } from './failure.ts';
import { asciiTarget, decodeHeader, encodeHeader } from './header-text.ts';
import { noteFailure, type Pipeline } from './pipeline.ts';
import { closeQuietConnections } from './quiet-connections.ts';
import type { Call, Endpoint, Query, Reply } from './types.ts';

export interface ServerOptions {
  readonly basePath: string;
  /** Paths below it that choose a guard policy, and lead to the same routes. */
  readonly policyPaths: readonly string[];
  readonly bodyLimit: number;
  readonly ids: Ids;
  readonly pipeline: Pipeline;
  readonly endpoints: readonly Endpoint[];
  readonly log: Logger;
}

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const;
const headerLimit = 1_048_576;
const empty = Buffer.alloc(0);

/** One pipeline for every route; endpoints are data (architecture.md 6). */
export function createServer(options: ServerOptions): FastifyInstance {
  const app = fastify({
    logger: false,
    bodyLimit: options.bodyLimit,
    exposeHeadRoutes: false,
    return503OnClosing: false,
    requestTimeout: 30_000,
    routerOptions: { maxParamLength: headerLimit },
    http: { maxHeaderSize: headerLimit, headersTimeout: 10_000 },
    rewriteUrl: (request) => belowPolicy(request, target(request.url ?? '/', options.basePath), options.policyPaths),
    clientErrorHandler: createClientErrorHandler(options.ids),
    frameworkErrors(error, request, reply) {
      reply.header('x-request-id', requestIdOf(request.raw, options.ids));
      return fail(error, null, reply, options);
    },
  });
  closeQuietConnections(app);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.decorateRequest('exchange', null);
  app.addHook('onRequest', options.pipeline.onRequest);
  app.addHook('onSend', options.pipeline.onSend);
  app.setErrorHandler((error, request, reply) => fail(error, request, reply, options));
  app.setNotFoundHandler((request) => {
    throw notFound(`unknown route: ${request.method} ${request.url.split('?', 1)[0]}`);
  });
  for (const endpoint of options.endpoints) mount(app, endpoint, options);
  refuseOtherMethods(app, options.endpoints);
  return app;
}

function mount(app: FastifyInstance, endpoint: Endpoint, { pipeline }: ServerOptions): void {
  const { access, label } = endpoint;
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { endpoint: { access, ...(label === undefined ? {} : { label }) } },
    handler: async (request, reply) => {
      await turnEnd();
      return send(await endpoint.handle(toCall(request)), request, reply, pipeline);
    },
  });
}

function refuseOtherMethods(app: FastifyInstance, endpoints: readonly Endpoint[]): void {
  for (const [path, group] of Map.groupBy(endpoints, (endpoint) => endpoint.path)) {
    const allowed: readonly string[] = group.map((endpoint) => endpoint.method);
    const others = methods.filter((method) => !allowed.includes(method)) as HTTPMethods[];
    if (others.length === 0) continue;
    app.route({
      method: others,
      url: path,
      handler: (request, reply) => {
        reply.header('allow', allowed.join(', '));
        throw invalidRequest(`method ${request.method} is not allowed here`, { status: 405 });
      },
    });
  }
}

function toCall(request: FastifyRequest): Call {
  const { exchange } = request;
  if (exchange === null) throw new Error('Request reached a handler without passing the pipeline');
  const body = Buffer.isBuffer(request.body) ? request.body : empty;
  if (body.length > 0) exchange.trail.requestBody = { bytes: body };
  return {
    exchange,
    body,
    params: request.params as Call['params'],
    query: request.query as Query,
    search: searchOf(request.url),
    header: (name) => {
      const value = request.raw.headers[name];
      const first = Array.isArray(value) ? value[0] : value;
      return first === undefined ? undefined : decodeHeader(first);
    },
  };
}

function send(answer: Reply, request: FastifyRequest, reply: FastifyReply, pipeline: Pipeline): FastifyReply {
  reply.code(answer.status);
  if (answer.contentType !== '') reply.header('content-type', answer.contentType);
  for (const name in answer.headers) reply.header(name, encodeHeader(answer.headers[name] ?? ''));
  const { body } = answer;
  if (typeof body === 'string' || Buffer.isBuffer(body)) return reply.send(body);
  const { exchange } = request;
  let open = exchange !== null;
  const settled = () => {
    if (open && exchange !== null) pipeline.settle(exchange, reply, null);
    open = false;
  };
  const stream = body.open(settled);
  // A client that goes away, or an upstream that breaks, ends the stream without its own last word.
  stream.once('close', settled);
  return reply.send(stream);
}

async function fail(
  thrown: unknown,
  request: FastifyRequest | null,
  reply: FastifyReply,
  options: ServerOptions,
): Promise<void> {
  const admin = request?.routeOptions.config?.endpoint?.access === 'admin';
  const { error, unclassified } = toGatewayError(thrown, admin);
  if (unclassified) options.log.error({ err: thrown, path: request?.exchange?.path }, 'request failed');
  noteFailure(request?.exchange ?? null, error);
  if (error.status === 413 && request !== null) await drain(request.raw);
  reply.headers(error.headers);
  reply.code(error.status).header('content-type', 'application/json').send(envelope(error));
}

function searchOf(url: string): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start);
}

function target(url: string, basePath: string): string {
  const ascii = asciiTarget(url);
  if (basePath === '') return ascii;
  return isBelow(ascii, basePath) ? without(ascii, basePath) : '/outside-base-path';
}

function belowPolicy(request: { screenPath?: string }, url: string, paths: readonly string[]): string {
  const path = paths.find((one) => isBelow(url, one));
  if (path === undefined) return url;
  request.screenPath = path;
  return without(url, path);
}

function isBelow(url: string, path: string): boolean {
  return url === path || url.startsWith(`${path}/`) || url.startsWith(`${path}?`);
}

function without(url: string, path: string): string {
  const rest = url.slice(path.length);
  return rest.startsWith('/') ? rest : `/${rest}`;
}
