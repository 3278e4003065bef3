import { isObject, type JsonObject } from '../../json/types.ts';
import type { Budget } from '../budget.ts';
import type { Finding, GuardedApi, Policy, ScanResult, StreamScanner, StreamStep } from '../contract.ts';
import { decide } from '../decide.ts';
import { toResult } from '../ensemble.ts';
import { incomplete } from '../notes.ts';
import type { TextScanner } from '../scan-text.ts';
import { chunksOf } from '../text/chunks.ts';
import { type Channels, createChannels } from './channels.ts';
import { createStreamHead } from './cut.ts';
import { readEvent } from './deltas.ts';
import { createFrameSplitter, type Frame } from './frames.ts';

interface StreamParts {
  readonly api: GuardedApi;
  readonly policy: Policy;
  readonly scanner: TextScanner;
  readonly budget: Budget;
}

/** In block mode text waits until so many characters after it were looked at too (spec/attacks.md 7.6). */
const holdBack = 256;
/** Characters between two looks: few where somebody waits for them, a chunk where nobody does. */
const stride = { block: 256, relay: 15_872 };

export function openStreamScanner({ api, policy, scanner, budget }: StreamParts): StreamScanner {
  const holds = policy.mode === 'block' || policy.overrides.some(({ action }) => action === 'block');
  const splitter = createFrameSplitter();
  const channels = createChannels();
  const head = createStreamHead(api);
  const found = new Map<string, Finding>();
  const queue: Held[] = [];

  const note = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      const key = `${finding.location}\n${finding.metadata.rule}`;
      if (!found.has(key)) found.set(key, finding);
    }
  };
  const accept = (frame: Frame) => {
    const data = parse(frame.data);
    if (data === 'invalid') note([incomplete('response', 'undecodable_body')]);
    const ends = typeof data === 'object' ? addEvent(api, data, channels) : [];
    if (typeof data === 'object') head.note(data);
    if (splitter.oversized) note([incomplete('response', 'oversized_frame')]);
    if (holds) queue.push({ bytes: frame.bytes, ends });
  };
  const look = async (least: number) => {
    for (const window of channels.due(least)) {
      const source = { ...window, tools: false };
      for (const chunk of chunksOf(window.text)) {
        const start = window.start + chunk.start;
        if (budget.isSpent()) note([incomplete(window.location, 'time_budget')]);
        else await budget.run(chunk.text.length, () => note(scanner.scan(chunk.text, { ...source, start })));
      }
    }
  };
  const result = (): ScanResult => toResult([...found.values()], policy.profile);
  const step = (release: () => readonly Uint8Array[]): StreamStep => {
    const soFar = result();
    const decision = decide(policy, soFar);
    return holds && decision.action === 'block'
      ? { release: [], cut: { frames: head.cut(), result: soFar, decision } }
      : { release: release(), cut: null };
  };
  return {
    async push(chunk) {
      for (const frame of splitter.push(chunk)) accept(frame);
      const isEnding = queue.some(isFlush);
      await look(isEnding ? 1 : holds ? stride.block : stride.relay);
      return holds ? step(() => released(queue, channels)) : { release: [chunk], cut: null };
    },
    async end() {
      for (const frame of splitter.rest()) accept(frame);
      await look(1);
      const last = step(() => (holds ? queue.splice(0).map((held) => held.bytes) : []));
      const final = result();
      return { ...last, result: final, decision: decide(policy, final) };
    },
  };
}

interface Held {
  readonly bytes: Uint8Array;
  /** The texts that the frame belongs to and where it ends in each. */
  readonly ends: readonly { readonly location: string; readonly at: number; readonly flush: boolean }[];
}

/** A frame that repeats whole texts waits until all of them were looked at to their end. */
function addEvent(api: GuardedApi, data: JsonObject, channels: Channels): Held['ends'] {
  const { deltas, whole } = readEvent(api, data);
  const grown = deltas.map((delta) => ({ location: delta.location, at: channels.add(delta), flush: false }));
  const fresh = whole.filter(({ location }) => !channels.has(location));
  const added = fresh.map((delta) => ({ location: delta.location, at: channels.add(delta), flush: true }));
  const repeated = isRepeating(data) || whole.length > 0 ? [{ location: '', at: 0, flush: true }] : [];
  return [...grown, ...added, ...repeated];
}

/** Responses events such as `response.output_text.done` hold the whole text once more. */
function isRepeating({ type }: JsonObject): boolean {
  return typeof type === 'string' && type.endsWith('.done');
}

function released(queue: Held[], channels: Channels): readonly Uint8Array[] {
  const seen = queue.findLastIndex(isFlush);
  const isOpen = ({ ends }: Held) => ends.some(({ location, at }) => at > channels.seen(location) - holdBack);
  const open = queue.findIndex((held, index) => index > seen && isOpen(held));
  return queue.splice(0, open === -1 ? queue.length : open).map((held) => held.bytes);
}

/** Everything before such a frame was looked at when it came. */
function isFlush({ ends }: Held): boolean {
  return ends.some((end) => end.flush);
}

function parse(data: string | null): JsonObject | 'invalid' | 'none' {
  if (data === null || data.trim() === '[DONE]' || data.trim() === '') return 'none';
  try {
    const value: unknown = JSON.parse(data);
    return isObject(value) ? value : 'none';
  } catch {
    return 'invalid';
  }
}
