import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** One POST request that `wrk` repeats. */
export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** `numbered` in it becomes the number of the request. */
  readonly body: string;
  readonly connections: number;
  readonly seconds: number;
}

/** What `wrk` measured. Latencies in milliseconds; `failed` counts replies outside 2xx and socket errors. */
export interface Measured {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

/** Stands in a body where no two requests may be alike. */
export const numbered = '#NUMBER#';

/** Drives the load with one `wrk` thread; figures come from its `done` hook as JSON, not from its prose. */
export async function drive(load: Load): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'matrix-bench-'));
  try {
    const script = join(folder, 'load.lua');
    await writeFile(script, luaFor(load));
    const { stdout } = await run('wrk', [
      '-t1',
      `-c${load.connections}`,
      `-d${load.seconds}s`,
      '--latency',
      '--timeout',
      '30s',
      '-s',
      script,
      load.url,
    ]);
    return parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function luaFor(load: Load): string {
  const headers = Object.entries(load.headers).map(([name, value]) => `wrk.headers[${lua(name)}] = ${lua(value)}`);
  return `wrk.method = "POST"
wrk.body = ${lua(load.body)}
${headers.join('\n')}
${load.body.includes(numbered) ? numbering(load.body) : ''}
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('MEASURED {"requests":%d,"perSecond":%f,"p50":%f,"p99":%f,"failed":%d}\\n', summary.requests,
    summary.requests / (summary.duration / 1e6), latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    e.connect + e.read + e.write + e.status + e.timeout))
end
`;
}

function numbering(body: string): string {
  const [before = '', ...after] = body.split(numbered).map(lua);
  return `local number = 0
function request()
  number = number + 1
  return wrk.format(nil, nil, nil, ${[before, ...after].join(' .. number .. ')})
end`;
}

/** A Lua string literal; JSON's escapes of quotes, backslashes and newlines are Lua's too. */
function lua(text: string): string {
  return JSON.stringify(text);
}

function parse(output: string): Measured {
  const line = /^MEASURED (.*)$/m.exec(output)?.[1];
  if (line === undefined) throw new Error(`wrk printed no figures:\n${output}`);
  return JSON.parse(line) as Measured;
}
