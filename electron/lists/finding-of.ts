import { createHash } from 'node:crypto';
import { type Component, type EvidenceRef, type Finding, type Moment, type RuleId, type Severity, UNKNOWN_MOMENT } from '../../shared/model/index.ts';
import { D3FEND_IRIS, IIS_COMPONENTS } from '../knowledge/index.ts';

/** References of one finding; the count is in its sentences. */
const MAX_REFS = 20;
const MAX_SENTENCES = 60;

export interface ListFinding {
  /** Id of the list. */
  readonly list: string;
  readonly rule: RuleId;
  readonly server: string;
  readonly severity: Severity;
  readonly title: string;
  readonly component: Component | null;
  readonly subject: string;
  readonly supports: readonly string[];
  readonly refutes: readonly string[];
  readonly refs: readonly EvidenceRef[];
  readonly first?: Moment;
}

/** A finding with an id that stays as long as it is about the same thing and the same list. */
export function findingOf(draft: ListFinding): Finding {
  const { rule, server, severity, title, component, subject, supports, refutes, first } = draft;
  const text = [rule, server, component?.id ?? '', subject].map((part) => `${part.length}:${part}`).join('');
  const refs = new Map(draft.refs.map((r) => [[r.evidencePath, r.line, r.column, r.offset, r.length].join('\u0000'), r]));
  const more = supports.length - MAX_SENTENCES;
  return {
    id: `f-${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 12)}`,
    server, rule, severity, title, component: component?.id ?? null,
    supports: more > 0 ? [...supports.slice(0, MAX_SENTENCES), `And ${more} more.`] : [...supports],
    refutes: [...refutes], refs: [...refs.values()].slice(0, MAX_REFS),
    attack: [IIS_COMPONENTS], d3fend: [...D3FEND_IRIS], first: first ?? component?.firstSeen ?? UNKNOWN_MOMENT, list: draft.list,
  };
}

/** `native module "X"` for the middle of a sentence. */
export function subjectOf(c: Component): string {
  const name = c.name ?? c.image ?? c.type ?? c.file?.path ?? c.id;
  return `${c.kind.replaceAll('-', ' ').replace('isapi', 'ISAPI').replace('cgi', 'CGI program')} "${name.length > 200 ? `${name.slice(0, 200)}...` : name}"`;
}

/** The registrations (three at most) and files of a component. */
export function placesOf(c: Component): EvidenceRef[] {
  const lines = c.registrations.slice(0, 3).map(({ path, evidencePath, line, column, sha256 }) => ({ path, evidencePath, line, column, sha256 }));
  return [...lines, ...[c.file, c.file32].flatMap((f) => (f === null ? [] : [{ path: f.path, evidencePath: f.evidencePath, offset: 0, sha256: f.sha256 }]))];
}
