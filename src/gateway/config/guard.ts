import { z } from 'zod';
import {
  type Gate,
  type GuardMode,
  type Policy,
  type Severity,
  severities,
  type UserPattern,
} from '../security/contract.ts';
import { type FindingType, findingTypes } from '../security/finding-types.ts';
import { ConfigError } from './error.ts';
import { userPatterns } from './guard-patterns.ts';
import { parsed } from './parsed.ts';
import type { Settings } from './settings.ts';
import { basePath } from './values.ts';

/** A policy and what it is for: the requests below `path`; the one without a path is for all others. */
export interface ScreenPolicy extends Policy {
  readonly name: string;
  /** Empty for the default one. */
  readonly path: string;
  readonly judge: 'off' | 'async' | 'inline';
  /** Verdicts never block, they are counted as what would have blocked. */
  readonly shadow: boolean;
  /** Whether what the fast tier is unsure of goes to the slow one, where there is one. */
  readonly slowTier: boolean;
}

/** How the scripted tier judges texts that hold `contains` (docs/guardrail.md). */
export interface ScriptRule {
  readonly contains: string;
  readonly probability?: number | undefined;
  readonly category?: string | undefined;
  readonly fails?: 'timeout' | 'backend_error' | undefined;
}

export interface GuardConfig {
  /** The default one first; empty when the guard is off. */
  readonly policies: readonly [ScreenPolicy, ...ScreenPolicy[]] | null;
  readonly patterns: readonly UserPattern[];
  readonly script: readonly ScriptRule[];
}

interface Sections {
  readonly policies: unknown;
  readonly patterns: unknown;
  readonly script: unknown;
}

const severity = z.enum(severities);
const mode = z.enum(['log', 'flag', 'block']);
const typeNames = Object.keys(findingTypes) as [FindingType, ...FindingType[]];
const override = z.strictObject({ finding_type: z.enum(typeNames), action: mode });

const policySchema = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,64}$/, 'expected letters, digits, dot, dash and underscore'),
  path: basePath.refine((path) => path !== '', 'expected a path such as /strict'),
  mode: mode.optional(),
  min_severity: severity.optional(),
  min_confidence: z.number().min(0).max(1).optional(),
  profile: z.enum(['balanced', 'high_recall', 'high_precision']).optional(),
  on_incomplete: z.enum(['open', 'closed']).optional(),
  overrides: z.array(override).optional(),
  judge: z.enum(['off', 'async', 'inline']).optional(),
  shadow: z.boolean().optional(),
  slow_tier: z.boolean().optional(),
});

const scriptSchema = z.strictObject({
  contains: z.string().min(1),
  probability: z.number().min(0).max(1).optional(),
  category: z.string().optional(),
  fails: z.enum(['timeout', 'backend_error']).optional(),
});

export function guardConfig(settings: Settings, sections: Sections): GuardConfig {
  const script = parsed(z.array(scriptSchema), sections.script ?? [], 'guard.judge.script');
  const given = parsed(z.array(policySchema), sections.policies ?? [], 'guard.policies');
  if (settings.guardDebug && settings.nodeEnv === 'production') {
    throw new ConfigError('GUARD_DEBUG', 'refused with NODE_ENV=production, unset one of them');
  }
  for (const [key, prefix] of [
    ['GUARD_HEADER_PREFIX', settings.guardHeaders],
    ['GUARD_METRICS_PREFIX', settings.guardMetrics.replaceAll('_', '-')],
  ] as const) {
    if (!/^[a-z][a-z0-9-]*$/.test(prefix)) throw new ConfigError(key, 'expected lower-case letters, digits and dashes');
  }
  const own = defaultPolicy(settings);
  const policies = given.map((one) => policyOf(one, own));
  refuseDoubles(policies);
  return {
    policies: settings.guardEnabled ? [own, ...policies] : null,
    patterns: userPatterns(sections.patterns),
    script,
  };
}

function defaultPolicy(settings: Settings): ScreenPolicy {
  const { guardOnIncomplete: onIncomplete, guardSeverity } = settings;
  const capital = (guardSeverity.charAt(0).toUpperCase() + guardSeverity.slice(1)) as Severity;
  return {
    name: 'default',
    path: '',
    mode: settings.guardMode,
    gate: { severity: capital, confidence: settings.guardConfidence },
    profile: settings.guardProfile,
    overrides: settings.guardOverrides.map(readOverride),
    ...(onIncomplete === null ? {} : { onIncomplete }),
    judge: settings.judgeMode,
    shadow: settings.judgeShadow,
    slowTier: true,
  };
}

type PolicyInput = z.output<typeof policySchema>;

/** What a policy leaves out is as in the default one. */
function policyOf(one: PolicyInput, own: ScreenPolicy): ScreenPolicy {
  const overrides = one.overrides?.map(({ finding_type: type, action }) => ({ type, action }));
  const onIncomplete = one.on_incomplete ?? own.onIncomplete;
  return {
    name: one.name,
    path: one.path,
    mode: one.mode ?? own.mode,
    gate: gateOf(one, own.gate),
    profile: one.profile ?? own.profile,
    overrides: overrides ?? own.overrides,
    ...(onIncomplete === undefined ? {} : { onIncomplete }),
    judge: one.judge ?? own.judge,
    shadow: one.shadow ?? own.shadow,
    slowTier: one.slow_tier ?? own.slowTier,
  };
}

function gateOf(one: PolicyInput, { severity: least, confidence }: Gate): Gate {
  return { severity: one.min_severity ?? least, confidence: one.min_confidence ?? confidence };
}

/** `finding_type=action`. */
function readOverride(text: string): { readonly type: FindingType; readonly action: GuardMode } {
  const [type, action] = text.split('=').map((part) => part.trim());
  const read = override.safeParse({ finding_type: type, action });
  if (read.success) return { type: read.data.finding_type, action: read.data.action };
  const problem = `got ${JSON.stringify(text)}, expected finding_type=log|flag|block with a type of docs/guardrail.md`;
  throw new ConfigError('GUARD_OVERRIDES', problem);
}

function refuseDoubles(policies: readonly ScreenPolicy[]): void {
  for (const [index, { name, path }] of policies.entries()) {
    const same = policies.findIndex((other) => other.name === name || other.path === path);
    if (same < index || name === 'default') {
      throw new ConfigError(`guard.policies.${index}`, `name ${name} or path ${path} is taken already`);
    }
  }
}
