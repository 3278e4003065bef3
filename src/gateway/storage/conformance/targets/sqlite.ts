import { join } from 'node:path';
import { openStorage } from '../../index.ts';
import type { Target } from '../target.ts';
import { firstSchema, tallyCount, widening } from './common.ts';

export function sqliteTarget(folder: string): Target {
  const pathOf = (name: string): string => join(folder, `${name}.db`);
  return {
    open: (name) => openStorage({ type: 'sqlite', path: pathOf(name) }),
    async restoreFirstSchema(name) {
      const { openDatabase } = await import('../../sqlite/database.ts');
      const database = openDatabase(pathOf(name));
      database.exec(await firstSchema('sqlite.sql'));
      database.close();
    },
    async widen(name) {
      const { openDatabase } = await import('../../sqlite/database.ts');
      const database = openDatabase(pathOf(name));
      database.exec(widening);
      database.close();
    },
    async tallies(name) {
      const { openDatabase } = await import('../../sqlite/database.ts');
      const database = openDatabase(pathOf(name));
      const [counted] = database.prepare(tallyCount).all();
      database.close();
      return Number(counted?.tallies);
    },
    interrupt: async () => undefined,
    async settings() {
      const { openDatabase } = await import('../../sqlite/database.ts');
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
