export { attachFindings, evaluateRules, sortFindings } from './evaluate.ts';
export type { ActiveCopy, HiddenUrls, LogFacts, PathSighting, RequestsNear, RuleFacts, TracedModule, UnservedPath, UnservedPaths } from './facts.ts';
export type { FindingDraft, Rule } from './rule.ts';
export { RULES, RULE_TEXTS } from './rules.ts';
export { collectSettings, type SettingFact, type SettingsFile } from './settings.ts';
