export { attachFindings, evaluateRules, judge, sortFindings, type Verdict } from './evaluate.ts';
export type { ActiveCopy, HandledRows, HiddenUrls, LogFacts, PathSighting, RequestsNear, RuleFacts, TracedModule, UnservedPath, UnservedPaths } from './facts.ts';
export { MAX_LOOKED_AT, collectLooks } from './looks.ts';
export type { LogSignals } from './log-signals.ts';
export type { FindingDraft, Rule } from './rule.ts';
export { peersOf } from './peers.ts';
export { RULES, RULES_VERSION, RULE_TEXTS } from './rules.ts';
export { collectSettings, type SettingFact, type SettingsFile } from './settings.ts';
