import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Logger, pino } from 'pino';
import { systemClock } from './clock.ts';
import { ConfigError, type ConfigInput, loadConfig } from './config/index.ts';
import { createGateway, type Gateway } from './gateway.ts';
import { createIds } from './ids.ts';
import { openStorage } from './storage/index.ts';
import type { Storage } from './storage/ports/index.ts';

/** Starts the gateway from the environment and the working folder. Exit codes: 0 stopped, 1 could not run, 2 wrong configuration. */
async function main(): Promise<void> {
  const config = loadConfig(readInput());
  const { settings } = config;
  const log = pino({ level: settings.logLevel });
  const storage = await openStorage(config.storage, { log });
  const gateway = await createGateway({ config, storage, clock: systemClock, ids: createIds(systemClock), log });
  await gateway.app.listen({ host: settings.host, port: settings.port });
  stopOnSignal(gateway, storage, log);
  const port = gateway.app.addresses().find((address) => typeof address === 'object')?.port;
  log.info({ host: settings.host, port }, 'listening');
  await gateway.warmUp();
}

function readInput(): ConfigInput {
  const dotEnv = existsSync('.env') ? parseEnv(readFileSync('.env', 'utf8')) : {};
  const name = ['config/config.yaml', 'config.yaml'].find((path) => existsSync(path));
  return {
    env: { ...dotEnv, ...process.env },
    read: (path) => readFileSync(path, 'utf8'),
    ...(name === undefined ? {} : { file: { name, text: readFileSync(name, 'utf8') } }),
  };
}

function stopOnSignal(gateway: Gateway, storage: Storage, log: Logger): void {
  let stopping = false;
  const stop = async (signal: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ signal }, 'stopping');
    const lost = await gateway.close();
    await storage[Symbol.asyncDispose]();
    if (lost > 0) log.error({ rows: lost }, 'rows could not be written before the shutdown deadline');
    log.info('stopped');
    process.exitCode = lost > 0 ? 1 : 0;
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal).catch(fail));
}

function fail(error: unknown): void {
  const wrongConfig = error instanceof ConfigError;
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${wrongConfig ? 'Wrong configuration: ' : 'The gateway cannot run: '}${reason}\n`);
  process.exit(wrongConfig ? 2 : 1);
}

main().catch(fail);
