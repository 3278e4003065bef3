import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { noMetrics } from '../metrics/registry.ts';
import { createClient } from './client.ts';

test('what waits for its next attempt fails when the client closes: a stopping gateway waits for no provider', async () => {
  const asked = Promise.withResolvers<void>();
  const server = createServer((_request, response) => {
    response.statusCode = 503;
    response.end(() => asked.resolve());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = createClient({
    provider: 'openai',
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    headers: {},
    requestIdHeader: 'x-request-id',
    headersTimeout: 60_000,
    bodyTimeout: 60_000,
    retry: { retries: 3, initial: 60_000, limit: 60_000, factor: 2, jitter: 0 },
    breaker: { failures: 5, successes: 1, timeout: 1000 },
    metrics: noMetrics,
  });
  const call = client.open({ method: 'GET', path: '/models', requestId: 'one' });
  const failed = expect(call).rejects.toThrow(/upstream request failed/);
  await asked.promise;
  await client.close();
  await failed;
  server.close();
}, 5000);
