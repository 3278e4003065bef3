import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Document, IndexDescription } from 'mongodb';
import { openStorage } from '../index.ts';
import type { Storage } from '../ports/index.ts';

/** The cells' names for the stores: what `npx jest --selectProjects` takes. */
export type Kind = 'sqlite' | 'postgres' | 'mongo';

/** Opens the storage of this name: empty at first, the same database when opened again. */
export type Factory = (name: string, options?: OpenOptions) => Promise<Storage>;

interface OpenOptions {
  /** The most that the store may have at once; SQLite has one in any case. */
  readonly connections?: number;
}

export interface Target extends AsyncDisposable {
  readonly open: Factory;
  /** Makes the database of this name as the first released schema left it, with rows (`first-schema/`). */
  restoreFirstSchema(name: string): Promise<void>;
  /** Adds to what the storage of this name keeps what a newer release might: a column, a field. */
  widen(name: string): Promise<void>;
  /** How many tallies (`rows/tally.ts`) the storage of this name keeps. */
  tallies(name: string): Promise<number>;
  /** Undoes part of what upgrades have noted, as if the process had ended amid them; where they are all or nothing, nothing. */
  interrupt(name: string): Promise<void>;
  /** Settings of the store's connections as they are in force, asked of the engine where it can tell. */
  settings(): Promise<Readonly<Record<string, unknown>>>;
}

/** Databases of this run's own on the server (or in the folder) that the cell's setup hands over (contracts.md 7). */
export function conformanceTarget(kind: Kind): Target {
  const location = conformanceLocation(kind);
  const run = `conformance_${randomBytes(4).toString('hex')}`;
  switch (kind) {
    case 'sqlite':
      return sqliteTarget(join(location, run));
    case 'postgres':
      return postgresTarget(location, run);
    case 'mongo':
      return mongoTarget(location, run);
  }
}

/** Why the cell has no server to test on, when nobody asked for that cell by name; null when there is one. */
export function conformanceSkipped(kind: Kind): string | null {
  return /^skipped: (.*)/s.exec(process.env[variableOf(kind)] ?? '')?.[1] ?? null;
}

// The only place below src/gateway/storage that reads the environment: Jest has no other way to hand a value to a test file.
function conformanceLocation(kind: Kind): string {
  const name = variableOf(kind);
  const value = process.env[name] ?? '';
  if (value === '') {
    throw new Error(`${name} is not set, which the cell's setup does: run \`npx jest --selectProjects ${kind}\``);
  }
  if (value.startsWith('unavailable: ')) throw new Error(`The cell is ${value}`);
  return value;
}

function variableOf(kind: Kind): string {
  return `MATRIX_CONFORMANCE_${kind.toUpperCase()}`;
}

function sqliteTarget(folder: string): Target {
  const pathOf = (name: string): string => join(folder, `${name}.db`);
  return {
    open: (name) => openStorage({ type: 'sqlite', path: pathOf(name) }),
    async restoreFirstSchema(name) {
      const { openDatabase } = await import('../sqlite/database.ts');
      const database = openDatabase(pathOf(name));
      database.exec(await firstSchema('sqlite.sql'));
      database.close();
    },
    async widen(name) {
      const { openDatabase } = await import('../sqlite/database.ts');
      const database = openDatabase(pathOf(name));
      database.exec(widening);
      database.close();
    },
    async tallies(name) {
      const { openDatabase } = await import('../sqlite/database.ts');
      const database = openDatabase(pathOf(name));
      const [counted] = database.prepare(tallyCount).all();
      database.close();
      return Number(counted?.tallies);
    },
    interrupt: async () => undefined,
    async settings() {
      const { openDatabase } = await import('../sqlite/database.ts');
      const database = openDatabase(pathOf('settings'));
      const names = ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'];
      const values = names.map((name) => Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]);
      database.close();
      return Object.fromEntries(names.map((name, index) => [name, values[index]]));
    },
    async [Symbol.asyncDispose]() {
      const { rm } = await import('node:fs/promises');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function postgresTarget(url: string, run: string): Target {
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
      const { openPool } = await import('../postgres/pool.ts');
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

function mongoTarget(url: string, run: string): Target {
  const databases = new Set<string>();
  return {
    open(name, { connections = 100 } = {}) {
      const database = `${run}_${name}`;
      databases.add(database);
      return openStorage({ type: 'mongodb', url: withOption(url, `maxPoolSize=${connections}`), database });
    },
    async widen(name) {
      const { mongoClient } = await import('../mongo/client.ts');
      const client = mongoClient(url);
      try {
        for (const collection of widened) {
          await client
            .db(`${run}_${name}`)
            .collection(collection)
            .updateMany({}, { $set: { added: 'newer' } });
        }
      } finally {
        await client.close();
      }
    },
    async tallies(name) {
      const { mongoClient } = await import('../mongo/client.ts');
      const client = mongoClient(url);
      try {
        const tables = ['row_counts', 'usage_hours', 'usage_path_hours', 'audit_hours'].map((table) =>
          client.db(`${run}_${name}`).collection(table),
        );
        const counts = await Promise.all(tables.map((table) => table.countDocuments()));
        return counts.reduce((sum, count) => sum + count, 0);
      } finally {
        await client.close();
      }
    },
    async interrupt(name) {
      const { mongoClient } = await import('../mongo/client.ts');
      const client = mongoClient(url);
      try {
        const versions = client.db(`${run}_${name}`).collection<{ readonly _id: number | string }>('schema_migrations');
        await versions.deleteMany({ _id: { $in: [3, 4, 6, 7, 8] } });
        // The first hour of three was done, that of another upgrade not.
        const hour = Math.floor(1_700_000_000_000 / 3_600_000);
        await versions.updateOne({ _id: '4 usage' }, { $set: { hour } }, { upsert: true });
      } finally {
        await client.close();
      }
    },
    async settings() {
      const { mongoClient } = await import('../mongo/client.ts');
      const client = mongoClient(withOption(url, 'readPreference=secondaryPreferred&w=1&retryWrites=false'));
      const { readPreference, writeConcern, options } = client;
      return { read: readPreference.mode, write: writeConcern?.w, retryWrites: options.retryWrites };
    },
    async restoreFirstSchema(name) {
      const database = `${run}_${name}`;
      databases.add(database);
      const { mongoClient } = await import('../mongo/client.ts');
      const { EJSON } = await import('mongodb').then(({ BSON }) => BSON);
      const client = mongoClient(url);
      try {
        const collections = EJSON.parse(await firstSchema('mongo.json'), { relaxed: true, useBigInt64: true });
        for (const [collection, { indexes, documents }] of Object.entries(collections as FirstCollections)) {
          await client.db(database).collection(collection).insertMany(documents);
          if (indexes.length > 0) await client.db(database).collection(collection).createIndexes(indexes);
        }
      } finally {
        await client.close();
      }
    },
    async [Symbol.asyncDispose]() {
      const { mongoClient } = await import('../mongo/client.ts');
      const client = mongoClient(url);
      try {
        for (const database of databases) {
          await client.db(database).dropDatabase();
        }
      } finally {
        await client.close();
      }
    },
  };
}

const tallyCount = `select (select count(*) from row_counts) + (select count(*) from usage_hours) + (select count(*) from usage_path_hours)
  + (select count(*) from audit_hours) as tallies`;

const widened = ['aliases', 'batches', 'audit_logs', 'usage'];

const widening = widened.map((table) => `alter table ${table} add column added text default 'newer'`).join('; ');

type FirstCollections = Record<string, { readonly indexes: IndexDescription[]; readonly documents: Document[] }>;

function withOption(url: string, option: string): string {
  return `${url}${url.includes('?') ? '&' : '/?'.slice(/^[a-z+]+:\/\/[^/]+$/.test(url) ? 0 : 1)}${option}`;
}

// Jest's modules are CommonJS, so there is a folder's name.
function firstSchema(file: string): Promise<string> {
  return readFile(join(__dirname, 'first-schema', file), 'utf8');
}
