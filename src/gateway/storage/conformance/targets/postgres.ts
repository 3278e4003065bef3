import { openStorage } from '../../index.ts';
import type { Target } from '../target.ts';
import { firstSchema, tallyCount, widening } from './common.ts';

export function postgresTarget(url: string, run: string): Target {
  const created = new Map<string, Promise<void>>();
  const urlOf = (database: string): string => {
    const own = new URL(url);
    own.pathname = `/${database}`;
    return own.href;
  };
  const administer = async (statement: string, connectionString = url) => {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      return await client.query(statement);
    } finally {
      await client.end();
    }
  };
  const create = async (name: string): Promise<string> => {
    const database = `${run}_${name}`;
    const creation = created.get(database) ?? administer(`create database ${database}`).then(() => undefined);
    created.set(database, creation);
    await creation;
    return urlOf(database);
  };
  return {
    open: async (name, { connections = 5 } = {}) =>
      openStorage({ type: 'postgresql', url: await create(name), maxConnections: connections }),
    restoreFirstSchema: async (name) => void (await administer(await firstSchema('postgres.sql'), await create(name))),
    widen: async (name) => void (await administer(widening, await create(name))),
    tallies: async (name) => Number((await administer(tallyCount, await create(name))).rows[0]?.tallies),
    interrupt: async () => undefined,
    async settings() {
      const { openPool } = await import('../../postgres/pool.ts');
      const pool = openPool({ url, maxConnections: 1 }, { warn: () => undefined });
      const names = ['statement_timeout', 'default_transaction_isolation'];
      try {
        const found = await Promise.all(names.map((name) => pool.query(`show ${name}`)));
        return Object.fromEntries(names.map((name, index) => [name, found[index]?.rows[0]?.[name]]));
      } finally {
        await pool.end();
      }
    },
    async [Symbol.asyncDispose]() {
      for (const database of created.keys()) {
        await administer(`drop database if exists ${database} with (force)`);
      }
    },
  };
}
