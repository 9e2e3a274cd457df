import { z } from 'zod';
import { EvidenceRef } from './place.ts';
import { Moment } from './moment.ts';

export const Severity = z.enum(['high', 'medium', 'low', 'info']);
export type Severity = z.infer<typeof Severity>;
export const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low', 'info'];

export const RuleId = z.enum([
  'unknown-component', 'unregistered-component', 'image-absent', 'stock-name-other-image', 'look-alike-name',
  'case-only-clone', 'enabled-not-global', 'global-not-enabled', 'managed-runs-for-all', 'appeared-in-history',
  'removed-again', 'active-not-configured', 'outside-trusted-folder', 'code-loading-setting', 'logging-switched-off',
  'requests-near-arrival', 'schema-differs', 'pre-start-list', 'signature-tampered', 'stock-image-not-microsoft', 'untrusted-signer', 'traced-module-not-configured', 'answered-without-file',
  'row-outside-cluster', 'answers-differ-for-crawlers', 'known-trigger-in-log', 'server-error-then-success', 'log-gap', 'single-client-path', 'log-facts-meet', 'facts-meet',
  'family-traits', 'indicator-match', 'differs-from-known-good', 'yara-match',
  'not-installer-written', 'registered-in-content-folder', 'classic-root-entry', 'notification-profile', 'auth-interception', 'managed-capability', 'younger-than-application',
  'doubtful-file-time', 'unexplained-file', 'stock-file-odd', 'native-image-differs', 'runs-for-all-newly-set', 'configuration-redirected',
  'shared-image',
]);
export type RuleId = z.infer<typeof RuleId>;

/** An oddity with its evidence. Never a verdict: it says what supports it and what would refute it. */
export const Finding = z.object({
  id: z.string(),
  server: z.string(),
  rule: RuleId,
  severity: Severity,
  title: z.string(),
  component: z.string().nullable(),
  supports: z.array(z.string()).min(1),
  refutes: z.array(z.string()).min(1),
  refs: z.array(EvidenceRef).min(1),
  attack: z.array(z.string()),
  d3fend: z.array(z.string()),
  first: Moment,
  /** Id of the analyst's list that the finding rests on. */
  list: z.string().optional(),
  /** Set where a known-good list of the analyst names the component: how severe the finding was, by which list and why it is not now. */
  lowered: z.object({ from: Severity, list: z.string(), why: z.string() }).optional(),
});
export type Finding = z.infer<typeof Finding>;

/** What the analyst did with a finding; kept in the case, never in the finding itself. */
export const FindingDecision = z.object({
  finding: z.string(),
  decision: z.enum(['accepted', 'ignored', 'open']),
  reason: z.string(),
  author: z.string(),
  time: z.string(),
});
export type FindingDecision = z.infer<typeof FindingDecision>;
