import type { Document, IndexDescription, MongoClient } from 'mongodb';
import { openStorage } from '../../index.ts';
import type { Target } from '../target.ts';
import { firstSchema, widened } from './common.ts';

export function mongoTarget(url: string, run: string): Target {
  const databases = new Set<string>();
  const databaseOf = (name: string): string => {
    const database = `${run}_${name}`;
    databases.add(database);
    return database;
  };
  return {
    async open(name, { connections = 100 } = {}) {
      const pooled = withOption(url, `maxPoolSize=${connections}`);
      return openStorage({ type: 'mongodb', url: pooled, database: databaseOf(name) });
    },
    restoreFirstSchema: (name) =>
      asked(url, async (client) => {
        const { EJSON } = await import('mongodb').then(({ BSON }) => BSON);
        const collections = EJSON.parse(await firstSchema('mongo.json'), { relaxed: true, useBigInt64: true });
        for (const [collection, { indexes, documents }] of Object.entries(collections as FirstCollections)) {
          const restored = client.db(databaseOf(name)).collection(collection);
          await restored.insertMany(documents);
          if (indexes.length > 0) await restored.createIndexes(indexes);
        }
      }),
    widen: (name) =>
      asked(url, async (client) => {
        for (const collection of widened) {
          await client
            .db(databaseOf(name))
            .collection(collection)
            .updateMany({}, { $set: { added: 'newer' } });
        }
      }),
    tallies: (name) =>
      asked(url, async (client) => {
        const database = client.db(databaseOf(name));
        const tables = ['row_counts', 'usage_hours', 'usage_path_hours', 'audit_hours'];
        const counts = await Promise.all(tables.map((table) => database.collection(table).countDocuments()));
        return counts.reduce((sum, count) => sum + count, 0);
      }),
    interrupt: (name) =>
      asked(url, async (client) => {
        const versions = client.db(databaseOf(name)).collection<{ readonly _id: number | string }>('schema_migrations');
        await versions.deleteMany({ _id: { $in: [3, 4, 6, 7, 8] } });
        // The first hour of three was done, that of another upgrade not.
        const hour = Math.floor(1_700_000_000_000 / 3_600_000);
        await versions.updateOne({ _id: '4 usage' }, { $set: { hour } }, { upsert: true });
      }),
    settings: () =>
      asked(
        withOption(url, 'readPreference=secondaryPreferred&w=1&retryWrites=false'),
        async ({ readPreference, writeConcern, options }) => ({
          read: readPreference.mode,
          write: writeConcern?.w,
          retryWrites: options.retryWrites,
        }),
      ),
    [Symbol.asyncDispose]: () =>
      asked(url, async (client) => {
        for (const database of databases) await client.db(database).dropDatabase();
      }),
  };
}

/** What the work gives, with a client of its own as the store opens one. */
async function asked<Result>(url: string, work: (client: MongoClient) => Promise<Result>): Promise<Result> {
  const { mongoClient } = await import('../../mongo/client.ts');
  const client = mongoClient(url);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

type FirstCollections = Record<string, { readonly indexes: IndexDescription[]; readonly documents: Document[] }>;

function withOption(url: string, option: string): string {
  return `${url}${url.includes('?') ? '&' : '/?'.slice(/^[a-z+]+:\/\/[^/]+$/.test(url) ? 0 : 1)}${option}`;
}
