import { UNKNOWN_MOMENT, type Component, type EvidenceFile, type EvidenceRef, type Finding, type NoteDraft, type Problem } from '../../../shared/model/index.ts';

export const REF: EvidenceRef = { path: 'C:\\Windows\\x.config', evidencePath: 'C/Windows/x.config', line: 3, column: 7, sha256: 'ab'.repeat(32) };

export function finding(id: string, severity: Finding['severity'] = 'high'): Finding {
  return {
    id, server: 's1', rule: 'unknown-component', severity, title: `Unknown module ${id} \u2028 <script>`, component: 'c1', supports: ['a'], refutes: ['b'],
    refs: [REF], attack: ['T1505.004'], d3fend: [], first: { time: '2026-03-02T14:11:58.25Z', from: 'file-time', fidelity: 'mtime-only' },
  };
}

export function component(id: string): Component {
  return {
    id, server: 's1', kind: 'native-module', name: '__proto__', image: '%windir%\\\uFEFFx.dll', type: null, origin: 'unknown', originReason: 'r', registrations: [],
    loadedBy: [], dormant: null, file: null, file32: null, fileStatus: 'absent', signature: 'not-checked', signatures: [], entryPoints: [], firstSeen: UNKNOWN_MOMENT, findings: [],
  };
}

export function problem(id: string): Problem {
  return { id, path: null, evidencePath: 'a\uD800b', server: null, kind: 'truncated', message: 'cut', expected: false };
}

export function file(evidencePath: string): EvidenceFile {
  return { path: null, evidencePath, server: null, size: 2 ** 40, modified: null, created: null, timeFidelity: 'mtime-only', sha256: null, artifact: null };
}

export function draft(words: string): NoteDraft {
  return { text: words, tag: 'call', about: null, refs: [REF], event: null, finding: null, component: null };
}
