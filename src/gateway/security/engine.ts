import { type Budget, computed, createBudget } from './budget.ts';
import type { Engine, EngineOptions, Finding, Scannable, ScanOptions, ScanResult, Surface } from './contract.ts';
import { createDecoders } from './decode/index.ts';
import { canaryDetectors } from './detectors/canary.ts';
import { detectors } from './detectors/index.ts';
import { userPatternDetectors } from './detectors/user-patterns.ts';
import { toResult } from './ensemble.ts';
import { createHarmlessTexts, type HarmlessTexts } from './harmless.ts';
import { incomplete, mediaNote } from './notes.ts';
import { createTextScanner, type TextScanner } from './scan-text.ts';
import { openStreamScanner } from './stream/scanner.ts';
import { crossing, joinedTexts } from './surfaces/joined.ts';
import { type Chunk, chunksOf } from './text/chunks.ts';

const defaultBudgetMs = 2000;

/** One engine serves a process: between scans it keeps nothing but texts that were harmless. Building it takes some milliseconds. */
export function createEngine({ canaries = [], patterns = [], now = computed }: EngineOptions = {}): Engine {
  const scanner = createTextScanner(
    [...detectors, ...canaryDetectors(canaries), ...userPatternDetectors(patterns)],
    createDecoders(),
  );
  const harmless = { withTools: createHarmlessTexts(), withoutTools: createHarmlessTexts() };
  const scan = async (input: Scannable, { profile, budgetMs }: ScanOptions): Promise<ScanResult> => {
    const budget = createBudget(budgetMs ?? defaultBudgetMs, now);
    const notes = input.unscannable.map(({ location, reason }) => incomplete(location, reason));
    const known = input.tools ? harmless.withTools : harmless.withoutTools;
    const found = await scanTexts(scanner, input, budget, known);
    return toResult([...notes, ...input.media.map(mediaNote), ...found], profile);
  };
  return {
    scanRequest: scan,
    scanReply: scan,
    openStream: ({ api, policy, budgetMs }) =>
      openStreamScanner({ api, policy, scanner, budget: createBudget(budgetMs ?? defaultBudgetMs, now) }),
  };
}

async function scanTexts(
  scanner: TextScanner,
  input: Scannable,
  budget: Budget,
  harmless: HarmlessTexts,
): Promise<readonly Finding[]> {
  const fresh = input.surfaces.filter((surface) => !harmless.has(surface));
  const found: Finding[] = [];
  const unfinished = new Set<string>();
  const scan = async (surface: Surface, chunk: Chunk, keep: (findings: readonly Finding[]) => readonly Finding[]) => {
    const source = { ...surface, tools: input.tools, length: surface.text.length, start: chunk.start };
    if (budget.isSpent()) unfinished.add(surface.location);
    else await budget.run(chunk.text.length, () => void found.push(...keep(scanner.scan(chunk.text, source))));
  };
  for (const { surface, chunk } of inOrder(fresh)) await scan(surface, chunk, (findings) => findings);
  const suspect = new Set([...unfinished, ...found.map((finding) => finding.location)]);
  for (const surface of fresh) if (!suspect.has(surface.location)) harmless.add(surface);
  const known = new Set(found.map((finding) => finding.metadata.rule));
  const isNew = ({ metadata }: Finding) => !known.has(metadata.rule);
  for (const joined of joinedTexts(input.surfaces)) {
    for (const chunk of chunksOf(joined.text)) {
      await scan(joined, chunk, (findings) => crossing(joined, findings).filter(isNew));
    }
  }
  return [...once(found), ...[...unfinished].map((location) => incomplete(location, 'time_budget'))];
}

/** Beginnings and ends of all texts before the inside of any: that is where attacks are put (contracts-guardrail 4). */
function inOrder(surfaces: readonly Surface[]): readonly { readonly surface: Surface; readonly chunk: Chunk }[] {
  const all = surfaces.map((surface) => ({ surface, chunks: chunksOf(surface.text) }));
  const ends = all.flatMap(({ surface, chunks }) => chunks.slice(0, 2).map((chunk) => ({ surface, chunk })));
  const insides = all.flatMap(({ surface, chunks }) => chunks.slice(2).map((chunk) => ({ surface, chunk })));
  return [...ends, ...insides];
}

/** Chunks overlap, and a rule says no more by matching twice in a text. */
function once(findings: readonly Finding[]): readonly Finding[] {
  const first = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.location}\n${finding.metadata.rule}`;
    if (!first.has(key)) first.set(key, finding);
  }
  return [...first.values()];
}
