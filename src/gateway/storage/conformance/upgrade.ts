import { describe, expect, test } from '@jest/globals';
import { aliasOf, auditRow, everything, noon, usageRow, versionOf } from './fixture.ts';
import type { Factory, Target } from './target.ts';

/** Databases that an earlier release left (contracts.md 5: F11, F27, F31, F35). */
export function upgrade(
  open: Factory,
  restore: Target['restoreFirstSchema'],
  widen: Target['widen'],
  interrupt: Target['interrupt'],
): void {
  describe('a database of the first schema', () => {
    test('OPS-02, OPS-04, F11, F31: opens with its rows as they were, and takes more', async () => {
      await restore('upgraded');
      for (let time = 1; time <= 2; time += 1) {
        await using storage = await open('upgraded');
        const audit = await storage.audit.list({}, everything);
        expect(audit.rows.slice(-2)).toStrictEqual(firstAudit);
        expect(audit.total).toBe(1 + time);
        expect((await storage.audit.list({ userPath: '/team' }, { limit: 1, offset: 0 })).total).toBe(2);
        expect(await storage.traces.list({ action: 'block' }, 1)).toEqual([]);
        const log = await storage.usage.log({ cacheMode: 'all' }, everything);
        expect(log.rows.slice(-3)).toStrictEqual(firstUsage);
        expect(log.total).toBe(2 + time);
        expect(await storage.usage.spend('/team', 0, noon + hour)).toStrictEqual({ cost: 7_000_000n, rows: 1 });
        expect(await storage.usage.spend('/', 0, noon + hour)).toStrictEqual({
          cost: 7_000_000n * BigInt(time),
          rows: time,
        });
        expect(await storage.aliases.list()).toStrictEqual(firstAliases);
        expect(await storage.aliases.get('ünïcode/😀')).toStrictEqual(firstAliases[1]);
        expect((await storage.batches.get('batch-1'))?.record).toBe('{"object":"batch"}');
        await storage.audit.insert([auditRow({ timestamp: noon + 10 * time })]);
        await storage.usage.insert([usageRow({ timestamp: noon + 10 * time })]);
      }
    });

    test('OPS-03, KEY-05: an alias of the first schema is put and deleted, not doubled', async () => {
      await restore('upgraded_aliases');
      await using storage = await open('upgraded_aliases');
      const [alias] = firstAliases;
      const stored = await storage.aliases.put({ ...alias, createdAt: noon + 5, enabled: false });
      expect(stored).toStrictEqual({ ...alias, enabled: false });
      expect(await storage.aliases.list()).toHaveLength(2);
      expect(await storage.aliases.delete(alias.name)).toBe(true);
      expect(await storage.aliases.list()).toStrictEqual([firstAliases[1]]);
    });

    test('F27, F30, F35: takes what it had no table for, which further starts leave alone', async () => {
      await restore('upgraded_workflows');
      const managed = versionOf('global', { managedDefault: true });
      const own = versionOf('path:/team/a', { scopeUserPath: '/team/a' });
      const override = {
        selector: 'openai/',
        providerName: 'openai',
        model: null,
        userPaths: ['/a'],
        createdAt: noon,
        updatedAt: noon,
      };
      for (let time = 1; time <= 3; time += 1) {
        await using storage = await open('upgraded_workflows');
        await storage.workflows.ensureGlobal(time === 1 ? managed : versionOf('global', { managedDefault: true }));
        if (time === 1) {
          await storage.workflows.create(own);
          await storage.overrides.put(override);
        }
        expect(await storage.workflows.listActive()).toStrictEqual([
          { ...managed, version: 1, active: true },
          { ...own, version: 1, active: true },
        ]);
        expect(await storage.overrides.list()).toStrictEqual([override]);
      }
    });

    test('OPS-01, OPS-04: an upgrade that ended amid its hours goes on, and adds nothing twice', async () => {
      await restore('upgraded_in_part');
      for (let time = 1; time <= 2; time += 1) {
        const storages = await Promise.all(Array.from({ length: 3 }, () => open('upgraded_in_part')));
        for (const storage of storages) {
          expect(await storage.usage.totals({ cacheMode: 'all', from: 0, to: noon + hour })).toMatchObject({
            requests: 3,
            totalTokens: 120,
            totalCost: 14_000_000n,
          });
          expect(await storage.usage.spend('/team', 0, noon + hour)).toStrictEqual({ cost: 7_000_000n, rows: 1 });
          expect((await storage.usage.log({ cacheMode: 'all' }, everything)).total).toBe(3);
          expect((await storage.audit.list({}, everything)).total).toBe(2);
          expect((await storage.audit.list({ userPath: '/team' }, { limit: 1, offset: 0 })).total).toBe(2);
        }
        for (const storage of storages) await storage[Symbol.asyncDispose]();
        await interrupt('upgraded_in_part');
      }
    });

    test('OPS-01, F28: eight replicas upgrade it at once', async () => {
      await restore('upgraded_replicas');
      const storages = await Promise.all(Array.from({ length: 8 }, () => open('upgraded_replicas')));
      for (const storage of storages) {
        expect(await storage.aliases.list()).toStrictEqual(firstAliases);
        expect((await storage.audit.list({}, everything)).total).toBe(2);
        await storage[Symbol.asyncDispose]();
      }
    });
  });

  describe('a database that a newer release has changed', () => {
    test('RES-05: serves those who have it open as before', async () => {
      await using storage = await open('rolling');
      const [alias, audit, usage] = [aliasOf('rolling'), auditRow(), usageRow()];
      const write = async () => {
        await storage.aliases.put(alias);
        await storage.audit.insert([audit]);
        await storage.usage.insert([usage]);
      };
      const read = async () => ({
        aliases: await storage.aliases.list(),
        audit: await storage.audit.list({}, everything),
        usage: await storage.usage.log({ cacheMode: 'all' }, everything),
      });
      const before = { aliases: [alias], audit: { rows: [audit], total: 1 }, usage: { rows: [usage], total: 1 } };
      await write();
      expect(await read()).toStrictEqual(before);
      await widen('rolling');
      expect(await read()).toStrictEqual(before);
      await write();
      expect(await read()).toStrictEqual(before);
    });
  });
}

const firstAliases = [
  aliasOf("the team's model", { targetProvider: 'openai', description: '', updatedAt: noon + 1 }),
  aliasOf('ünïcode/😀', { targetModel: 'other', enabled: false }),
] as const;

const firstAudit = [
  auditRow({
    id: 'audit-2',
    timestamp: noon + 1,
    requestId: 'request-2',
    userPath: '/team/b',
    statusCode: 400,
    errorType: 'invalid_request_error',
    errorMessage: "It's wrong",
  }),
  auditRow({
    id: 'audit-1',
    requestId: 'request-1',
    userPath: '/team/a',
    aliasUsed: true,
    responseId: 'resp-1',
    data: '{"a":null,"b":""}',
  }),
];

const east = { providerName: 'openai-east', userPath: '/team/a' };

const firstUsage = [
  usageRow({
    ...east,
    id: 'usage-3',
    timestamp: noon + 2,
    requestId: 'request-3',
    userPath: '/team/b',
    cacheType: 'exact',
    rawData: '{"n":1}',
  }),
  usageRow({
    ...east,
    id: 'usage-2',
    timestamp: noon + 1,
    requestId: 'request-2',
    inputCost: null,
    outputCost: null,
    totalCost: null,
    costsCalculationCaveat: 'no price',
  }),
  usageRow({ ...east, id: 'usage-1', requestId: 'request-1', rawData: '{"n":1}' }),
];

const hour = 3_600_000;
