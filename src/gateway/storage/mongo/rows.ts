import type { Collection, Document, Filter, Sort } from 'mongodb';
import { translated } from './errors.ts';

/** What the append-only collections share. */
export const newestFirst: Sort = { timestamp: -1, _id: -1 };
export const earliestFirst: Sort = { timestamp: 1, _id: 1 };

export async function deleteOlder<Stored extends Document>(
  collection: Collection<Stored>,
  older: Document,
): Promise<number> {
  const { deletedCount } = await translated(collection.deleteMany(older as Filter<Stored>));
  return deletedCount;
}
