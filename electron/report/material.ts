import type { CoverageLane } from '../../shared/contract/timeline.ts';
import type { AnalystList, Component, ComponentLooks, ConfigChange, ConfigCopy, Examination, Finding, FindingDecision, JournalEntry, LogFile, Missing, Note, PeFacts, Problem, Server, Severity, Story } from '../../shared/model/index.ts';
import type { EvidenceRecord } from '../case/evidence.ts';
import type { IngestRun } from '../case/runs.ts';

/** The first of many, and how many there are. */
export interface Some<T> { readonly items: readonly T[]; readonly total: number }

/** Problems of one kind with one wording. */
export interface ProblemGroup { readonly kind: Problem['kind']; readonly expected: boolean; readonly message: string; readonly count: number; readonly first: Problem }

/** The journal in figures, and its last entries. */
export interface JournalFacts {
  readonly entries: number;
  /** Hash and time of the last entry: the state of the case that the report is about. */
  readonly head: string;
  readonly time: string;
  readonly byAction: ReadonlyMap<string, number>;
  /** What people did, oldest first. */
  readonly deeds: Some<JournalEntry>;
}

/** All that a report says, taken out of the case. The same case gives the same material on any machine. */
export interface Material {
  readonly caseId: string;
  readonly tool: string;
  /** A reading goes on, or the last one did not come to its end. */
  readonly partial: boolean;
  readonly examination: Examination | null;
  readonly servers: readonly Server[];
  readonly evidence: readonly EvidenceRecord[];
  /** Files of the evidence whose content was hashed, and files in all. */
  readonly hashed: { readonly files: number; readonly of: number };
  readonly runs: readonly IngestRun[];
  readonly journal: JournalFacts;
  readonly findings: Some<Finding>;
  readonly findingCounts: Readonly<Record<Severity, number>>;
  readonly ruleCounts: ReadonlyMap<string, number>;
  /** The newest on each finding. */
  readonly decisions: ReadonlyMap<string, FindingDecision>;
  readonly components: Some<Component>;
  readonly stock: { readonly all: number; readonly withFindings: number };
  readonly looks: ReadonlyMap<string, ComponentLooks>;
  /** By SHA-256, of the components above. */
  readonly pe: ReadonlyMap<string, PeFacts>;
  readonly stories: ReadonlyMap<string, Story>;
  readonly notes: Some<Note>;
  readonly copies: readonly ConfigCopy[];
  readonly changes: Some<ConfigChange>;
  readonly missing: Some<Missing>;
  readonly problems: { readonly groups: Some<ProblemGroup>; readonly total: number; readonly unexpected: number };
  readonly logs: readonly LogFile[];
  readonly lanes: readonly CoverageLane[];
  readonly lists: readonly Pick<AnalystList, 'id' | 'kind' | 'name' | 'from' | 'sha256' | 'added'>[];
}

/** What the analyst made of a finding; `open` where nothing is said yet. */
export function decisionOn(material: Material, finding: Finding): FindingDecision['decision'] {
  return material.decisions.get(finding.id)?.decision ?? 'open';
}

/** Whether the report names the finding as one that stands. */
export function stands(material: Material, finding: Finding): boolean {
  return decisionOn(material, finding) !== 'ignored';
}
