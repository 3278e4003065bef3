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
