import { VisibleText, type Column } from '../../ui/index.ts';
import { hostsWords, registeredWords, type ProgramRow } from './program-rows.ts';
import { FILE_WORDS, KIND_WORDS, ORIGIN_WORDS, signatureWords, USE_WORDS } from './words.ts';

/** Verdicts that nobody should have to look for. */
const STRIKING: ReadonlySet<string> = new Set(['tampered', 'malformed', 'valid-untrusted-root', 'wrong-usage']);

/** The columns of the list of programs. @param time formats a moment in the zone of the screen @param several whether the case has several hosts */
export function programColumns(time: (text: string | null) => string, several: boolean): readonly Column<ProgramRow>[] {
  return [
    { id: 'name', title: 'Name', width: 'minmax(190px, 2fr)', sortable: true, render: (r) => <VisibleText text={r.name} mono /> },
    { id: 'findings', title: 'Findings', width: '84px', align: 'end', sortable: true, render: (r) => (r.findings.length === 0 ? '' : String(r.findings.length)) },
    { id: 'oddities', title: 'Oddities', width: '84px', align: 'end', sortable: true, render: (r) => (r.oddities === null || r.oddities === 0 ? '' : String(r.oddities)) },
    ...(several ? [{ id: 'hosts', title: 'On hosts', width: '128px', sortable: true, render: (r) => <span className={r.hosts !== null && (r.hosts.servers < r.hosts.of || r.hosts.contents > 1) ? 'warn' : 'dim'}>{hostsWords(r)}</span> } satisfies Column<ProgramRow>] : []),
    { id: 'origin', title: 'Origin', width: '118px', sortable: true, render: (r) => (r.component === null ? <span className="dim">not registered</span> : <span className={r.component.origin === 'unknown' ? 'warn' : 'dim'}>{ORIGIN_WORDS[r.component.origin]}</span>) },
    { id: 'signature', title: 'Signed', width: '124px', sortable: true, render: (r) => <span className={STRIKING.has(r.signature) ? 'warn' : ''} title={r.image?.signer ?? undefined}>{signatureWords(r.signature)}</span> },
    { id: 'kind', title: 'Kind', width: '120px', sortable: true, render: (r) => (r.component === null ? (r.image?.kinds.map((k) => USE_WORDS[k]).join(', ') ?? '') : KIND_WORDS[r.component.kind]) },
    { id: 'code', title: 'Code', width: '84px', sortable: true, render: (r) => r.code },
    { id: 'registered', title: 'Registered', width: 'minmax(130px, 1fr)', render: (r) => <VisibleText text={registeredWords(r)} /> },
    { id: 'linker', title: 'Linker time (forgeable)', width: '168px', mono: true, sortable: true, render: (r) => (r.image?.linkerTime === null || r.image === null ? '' : time(r.image.linkerTime)) },
    { id: 'first', title: 'First seen', width: '176px', mono: true, sortable: true, render: (r) => firstSeen(r, time) },
    { id: 'file', title: 'File', width: '100px', render: (r) => (r.component === null ? FILE_WORDS.present : FILE_WORDS[r.component.fileStatus]) },
  ];
}

function firstSeen({ component }: ProgramRow, time: (text: string | null) => string): string {
  if (component === null) return '';
  const { firstSeen: first } = component;
  return first.time === null ? (first.order === undefined ? '' : `copy ${first.order}`) : time(first.time);
}
