import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { systemClock } from './clock.ts';
import { loadConfig } from './config/index.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { createIds } from './ids.ts';
import { openStorage } from './storage/index.ts';
import type { Storage } from './storage/ports/index.ts';

/** For tests: a gateway on a fresh SQLite file, listening, with an upstream that a test scripts. */
export interface TestGateway extends AsyncDisposable {
  readonly url: string;
  readonly storage: Storage;
  readonly gateway: Gateway;
  readonly seen: readonly SeenRequest[];
}

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface TestOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly yaml?: string;
  /** Answers what is not a model list. */
  answer?(request: SeenRequest, response: ServerResponse): void;
  wrapStorage?(storage: Storage): Storage;
  /** A store of the caller's, who closes it; by default a SQLite file of its own. */
  readonly storage?: Storage;
  /** True: listening, with neither rules nor models read yet. */
  readonly cold?: boolean;
}

export async function startTestGateway(options: TestOptions = {}): Promise<TestGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-test-'));
  const upstream = await startUpstream(options.answer ?? answerOk);
  const config = loadConfig({
    env: {
      ...defaults,
      SQLITE_PATH: join(folder, 'gateway.db'),
      OPENAI_API_KEY: 'k',
      OPENAI_BASE_URL: upstream.url,
      ...options.env,
    },
    file: { name: 'config.yaml', text: options.yaml ?? prices },
  });
  const opened = options.storage ?? (await openStorage(config.storage));
  const storage = options.wrapStorage?.(opened) ?? opened;
  const log = pino({ level: 'silent' });
  const gateway = await createGateway({ config, storage, clock: systemClock, ids: createIds(systemClock), log });
  const url = await gateway.app.listen({ host: '127.0.0.1', port: 0 });
  if (options.cold !== true) await gateway.warmUp();
  return {
    url,
    storage,
    gateway,
    seen: upstream.seen,
    async [Symbol.asyncDispose]() {
      await gateway.close();
      if (options.storage === undefined) await opened[Symbol.asyncDispose]();
      upstream.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Asks again until the answer is there; gives the last one after two seconds. */
export async function until<Value>(ask: () => Promise<Value>, good: (value: Value) => boolean): Promise<Value> {
  const deadline = performance.now() + 2000;
  for (;;) {
    const value = await ask();
    if (good(value) || performance.now() > deadline) return value;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const defaults = {
  LOGGING_ENABLED: 'true',
  LOGGING_FLUSH_INTERVAL: '5ms',
  LOGGING_RETENTION_DAYS: '0',
  USAGE_RETENTION_DAYS: '0',
  USAGE_FLUSH_INTERVAL: '5ms',
  RETRY_MAX_RETRIES: '0',
  GATEWAY_TEST_CLOCK: '1',
};

const prices =
  'providers: { openai: { models: [{ id: gpt-test-2026, metadata: { pricing: { input_per_mtok: 1000, output_per_mtok: 1000 } } }] } }';

async function startUpstream(answer: NonNullable<TestOptions['answer']>) {
  const seen: SeenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      if (url === '/models') {
        response.end('{"data":[{"id":"gpt-test","owned_by":"openai","created":1}]}');
        return;
      }
      const one = { method, url, headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      answer(one, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close };
}

function answerOk(_request: SeenRequest, response: ServerResponse): void {
  response.setHeader('content-type', 'application/json');
  response.end(
    JSON.stringify({
      id: 'chatcmpl-1',
      object: 'chat.completion',
      created: 1,
      model: 'gpt-test-2026',
      service_tier: 'dropped',
      choices: [
        { index: 0, message: { role: 'assistant', content: 'OK', refusal: null }, finish_reason: 'stop', odd: 1 },
      ],
      usage: {
        prompt_tokens: 10,
        completion_tokens: 8,
        total_tokens: 18,
        prompt_tokens_details: { cached_tokens: 0 },
        queue_time: 0.5,
      },
    }),
  );
}
