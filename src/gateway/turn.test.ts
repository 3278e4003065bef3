import { setImmediate } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { turnEnd } from './turn.ts';

test('who asks within a turn goes on with the others, stage by stage, in the order of asking; the next turn is another', async () => {
  const seen: string[] = [];
  const request = async (name: string) => {
    await turnEnd();
    seen.push(`${name} first`);
    await null;
    seen.push(`${name} second`);
  };
  const early = [request('a'), request('b')];
  await Promise.resolve();
  early.push(request('c'));
  expect(seen).toEqual([]);
  await Promise.all(early);
  expect(seen).toEqual(['a first', 'b first', 'c first', 'a second', 'b second', 'c second']);
  const late = request('d');
  await setImmediate();
  await late;
  expect(seen.slice(6)).toEqual(['d first', 'd second']);
});
