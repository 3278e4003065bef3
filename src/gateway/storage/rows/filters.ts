/** Whether a filter asks for all rows of a span. */
export function onlySpan(filter: object): boolean {
  return Object.entries(filter).every(
    ([name, value]) =>
      unlimiting.has(name) ||
      value === undefined ||
      (name === 'search' && value === '') ||
      (name === 'userPath' && value === '/'),
  );
}

const unlimiting: ReadonlySet<string> = new Set(['from', 'to', 'cacheMode']);

/** Whether a path leaves rows out. */
export function isNarrow(userPath: string | undefined): userPath is string {
  return userPath !== undefined && userPath !== '/';
}
