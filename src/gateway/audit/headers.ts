const secretNames: ReadonlySet<string> = new Set([
  'authorization',
  'x-api-key',
  'cookie',
  'set-cookie',
  'x-auth-token',
  'x-access-token',
  'proxy-authorization',
  'x-gomodel-key',
]);

/** JSON text of headers as audit rows show them: first value, canonical names, credentials redacted (spec/gateway.md 2.5). */
export function headersJson(pairs: readonly string[]): string {
  const seen: string[] = [];
  let json = '';
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const name = String(pairs[at]).toLowerCase();
    if (seen.includes(name)) continue;
    seen.push(name);
    const value = secretNames.has(name) ? '"[REDACTED]"' : JSON.stringify(pairs[at + 1]);
    json += `${json === '' ? '' : ','}${canonical(name)}:${value}`;
  }
  return `{${json}}`;
}

/** `"User-Agent"` for `user-agent`. Kept, for the same names come with every request, and spelling one takes longer than all else here. */
function canonical(name: string): string {
  const known = spellings.get(name);
  if (known !== undefined) return known;
  const quoted = JSON.stringify(name.replace(/(^|-)[a-z]/g, (start) => start.toUpperCase()));
  if (name.length > longestKept) return quoted;
  // Names are the clients' own: whoever makes them up fills it, and it starts anew.
  if (spellings.size === mostSpellings) spellings.clear();
  spellings.set(name, quoted);
  return quoted;
}

const spellings = new Map<string, string>();
const mostSpellings = 1000;
const longestKept = 64;
