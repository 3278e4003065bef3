import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { type AliasBook, createAliasBook } from './aliases/book.ts';
import { createAuditLog } from './audit/log.ts';
import { createBackground } from './background.ts';
import { type Budgets, createBudgets } from './budgets/index.ts';
import { createResponseCache, type ResponseCache } from './cache/index.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config/index.ts';
import { endpointsOf } from './endpoints.ts';
import { createFallback, fallsBack } from './fallback/index.ts';
import type { Features } from './features.ts';
import { createAuthenticate } from './http/auth.ts';
import { createPipeline } from './http/pipeline.ts';
import { createServer } from './http/server.ts';
import type { Ids } from './ids.ts';
import { createInternalChat } from './inference/internal-chat.ts';
import { createKeyBook, type KeyBook } from './keys/book.ts';
import { createMetrics, type Metrics, noMetrics } from './metrics/registry.ts';
import { createModelListSource } from './models/list/source.ts';
import { createRegistry } from './models/registry.ts';
import { createModelAccess, type ModelAccess } from './overrides/access.ts';
import { createPolicy, type Policy } from './policy.ts';
import { createProviders } from './providers/index.ts';
import { createGuarding } from './screening/create.ts';
import type { Storage } from './storage/ports/index.ts';
import { createUsageRecorder } from './usage/recorder.ts';
import { type Book, warmUp } from './warm-up.ts';
import { createWriters } from './writer/writers.ts';

export interface GatewayDeps {
  readonly config: Config;
  readonly storage: Storage;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

export interface Gateway {
  readonly app: FastifyInstance;
  /** Reads models and stored rules, then keeps them fresh in the background. */
  warmUp(): Promise<void>;
  /** Drains requests, flushes the queues; gives the number of rows that could not be written in time. */
  close(): Promise<number>;
}

/** Puts the rooms together. Nothing is called over the network before `warmUp`. */
export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  const { config, storage, clock, ids, log } = deps;
  const { settings } = config;
  const metrics = settings.metricsEnabled ? createMetrics() : noMetrics;
  const providers = createProviders(config, metrics, clock);
  const list = createModelListSource(settings.modelListUrl, log);
  const registry = createRegistry(providers, { mode: settings.configuredModels, list, log });
  const aliases = createAliasBook(storage.aliases);
  const access = createModelAccess(settings.overridesEnabled ? storage.overrides : null, settings.modelsEnabled);
  const keys = createKeyBook(storage.keys);
  const features = capabilities(config);
  const policy = createPolicy({ config, storage, able: features, ids, clock, ask: (...asked) => ask(...asked) });
  const cache = createResponseCache(settings, storage.cache, { clock, log });
  const { budgets, writers, usage, guarding } = await createMetering(deps, features, metrics);
  const audit = createAuditLog(writers.audit, { ...recording(settings), features, ids });
  const fallback = createFallback({ config: config.fallback, registry, access, log });
  const { workflows } = policy;
  const { admissionTimeout, basePath, bodyLimit } = settings;
  const ask = createInternalChat({ registry, aliases, access, workflows, fallback, usage, audit, admissionTimeout });
  const { screening } = guarding;
  const pipeline = createPipeline({
    clock,
    ids,
    testClock: settings.testClock,
    authenticate: createAuthenticate(settings.masterKey, keys),
    workflows,
    audit,
    usage,
    screening,
    admissionTimeout,
  });
  const endpoints = endpointsOf({
    ...deps,
    registry,
    aliases,
    access,
    keys,
    budgets,
    cache: cache?.store ?? null,
    policy,
    fallback,
    usage,
    metrics,
    screening,
    debug: guarding.endpoints,
  });
  const app = createServer({ basePath, policyPaths: screening.paths, bodyLimit, ids, pipeline, endpoints, log });
  const background = createBackground(log);
  const books = booksOf({ keys, aliases, access, policy, budgets, cache });
  return {
    app,
    warmUp: () => warmUp({ settings, storage, clock, registry, background, books }),
    async close() {
      background.stop();
      await app.close();
      await guarding.close();
      const lost = await writers.close(settings.shutdownTimeout);
      await Promise.all([cache?.close(), ...providers.map((provider) => provider.client.close())]);
      return lost;
    },
  };
}

function recording({ auditHeaders, auditBodies, auditOnlyModels }: Config['settings']) {
  return { headers: auditHeaders, bodies: auditBodies, onlyModels: auditOnlyModels };
}

/** What this process can do at all; a workflow may only switch off. */
function capabilities({ settings, fallback }: Config): Features {
  return {
    cache: settings.responseCache,
    audit: settings.auditEnabled,
    usage: settings.usageEnabled,
    budget: settings.budgetsEnabled && settings.usageEnabled,
    guardrails: settings.guardrailsEnabled,
    fallback: fallsBack(fallback),
  };
}

interface Books {
  readonly keys: KeyBook;
  readonly aliases: AliasBook;
  readonly access: ModelAccess;
  readonly policy: Policy;
  readonly budgets: Budgets | null;
  readonly cache: ResponseCache | null;
}

function booksOf({ keys, aliases, access, policy, budgets, cache }: Books): readonly Book[] {
  return [
    { name: 'keys', refresh: keys.refresh },
    { name: 'aliases', refresh: aliases.refresh },
    { name: 'model_overrides', refresh: access.refresh },
    ...policy.books,
    ...(budgets === null ? [] : [{ name: 'budgets', refresh: budgets.refresh }]),
    ...(cache === null ? [] : [{ name: 'response_cache', refresh: cache.sweep, every: 600_000 }]),
  ];
}

/** Rows on their way to the store: of usage, at which budgets look, and of what the guard saw. */
async function createMetering({ config, storage, clock, ids, log }: GatewayDeps, features: Features, metrics: Metrics) {
  const budgets = features.budget ? createBudgets(storage, config.budgets, clock) : null;
  const stores = { audit: storage.audit, usage: budgets?.ledger ?? storage.usage };
  const writers = createWriters({ settings: config.settings, storage: stores, metrics, log });
  const guarding = await createGuarding({
    ...{ config, storage, ids, log },
    registers: metrics.registers,
    queue: writers.traces,
  });
  return { budgets, writers, guarding, usage: createUsageRecorder(writers.usage, ids, budgets?.ledger.accept) };
}
