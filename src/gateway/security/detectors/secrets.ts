import type { Severity } from '../contract.ts';
import type { Detector, Hit } from '../detector.ts';
import { bounded } from '../match/phrase.ts';
import { masked } from '../text/evidence.ts';

interface Secret {
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: number;
  /** Without it the pattern is not tried. */
  readonly hint: string;
  readonly pattern: RegExp;
  readonly type?: Hit['type'];
}

/** Keys and tokens by their make (spec/attacks.md 7.3). */
export const secretPatterns: readonly Secret[] = [
  {
    id: 'jwt',
    severity: 'Critical',
    confidence: 0.9,
    hint: 'eyJ',
    pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,1000}/,
  },
  { id: 'aws_access_key', severity: 'Critical', confidence: 0.95, hint: 'A', pattern: /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/ },
  {
    id: 'aws_secret_key',
    severity: 'Critical',
    confidence: 0.9,
    hint: 'aws',
    pattern: /\baws_?secret[\w ]{0,20}["':= ]{1,6}[A-Za-z0-9/+]{40}\b/i,
  },
  {
    id: 'github_token',
    severity: 'Critical',
    confidence: 0.95,
    hint: 'gh',
    pattern: /\bgh[pousr]_[A-Za-z0-9]{36,255}\b/,
  },
  {
    id: 'github_pat',
    severity: 'Critical',
    confidence: 0.95,
    hint: 'github_pat_',
    pattern: /\bgithub_pat_\w{22,255}\b/,
  },
  {
    id: 'slack_token',
    severity: 'Critical',
    confidence: 0.95,
    hint: 'xox',
    pattern: /\bxox[abposr]-[A-Za-z0-9-]{10,250}\b/,
  },
  {
    id: 'private_key',
    severity: 'Critical',
    confidence: 0.95,
    hint: 'PRIVATE KEY',
    pattern: /-----BEGIN (?:RSA |EC |DSA |OPENSSH |PGP |ENCRYPTED )?PRIVATE KEY/,
  },
  {
    id: 'gcp_service_account',
    severity: 'High',
    confidence: 0.85,
    hint: 'service_account',
    pattern: /"type"\s*:\s*"service_account"/,
  },
  {
    id: 'openai_key',
    severity: 'Critical',
    confidence: 0.9,
    hint: 'sk-',
    pattern: /\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{20,200}\b/,
  },
  {
    id: 'generic_api_key',
    severity: 'High',
    confidence: 0.75,
    hint: 'key',
    pattern: /\b(?:api|secret|access)[_-]?key\b["']?\s*[:=]\s*["']?[A-Za-z0-9_-]{20,120}\b/i,
  },
  {
    id: 'assigned_secret',
    severity: 'Critical',
    confidence: 0.9,
    hint: '',
    type: 'data_leakage',
    pattern:
      /\b(?:api[ _-]?key|secret|password|passwd|auth[ _-]?token|access[ _-]?token)\s*(?:=|:|\bis\b)\s*["'`]?(?=[^\s"'`]{0,40}\d)(?=[^\s"'`]{0,40}[A-Za-z])[^\s"'`]{8,120}/i,
  },
].map((one) => ({ ...one, pattern: bounded(one.pattern) })) as readonly Secret[];

/** Credentials in either direction; assignments of secrets only in replies. */
export const secrets: Detector = {
  name: 'secrets',
  side: 'both',
  on: 'plain',
  scan(text, { kind }) {
    const isReply = kind === 'response_text' || kind === 'response_tool_call';
    return secretPatterns.flatMap(({ id, severity, confidence, hint, pattern, type }): readonly Hit[] => {
      if (!text.includes(hint) || (type !== undefined && !isReply)) return [];
      const match = pattern.exec(text);
      if (match === null || isPlaceholder(match[0])) return [];
      const span = { start: match.index, end: match.index + match[0].length };
      const metadata = { secret_type: id };
      const description = 'Holds a credential';
      const shown = masked(id, match[0]);
      return [
        {
          rule: `secret-${id}`,
          type: type ?? 'secret_leakage',
          severity,
          confidence,
          description,
          metadata,
          masked: shown,
          ...span,
        },
      ];
    });
  },
};

function isPlaceholder(value: string): boolean {
  return /x{6}|\*{4}|your[_-]?|example|placeholder|<[^>]{1,40}>|0{8}|1234567890/i.test(value);
}
