import type { InspectDocument } from '../../../shared/contract/cli/documents.ts';
import { visible } from '../../../shared/base/visible.ts';

/** What one file is, on one screen. */
export function inspectText(d: InspectDocument): string {
  const lines = [
    `sha256 ${d.sha256}  ${d.size} bytes`,
    d.machine === null ? 'not a PE file' : `${d.isDll === true ? 'DLL' : 'EXE'} for ${d.machine}, linker stamp ${d.timestamp?.time ?? 'none'} (forgeable), imphash ${d.imphash ?? 'none'}`,
    `kinds: ${d.kinds.join(', ') || 'none that IIS loads'}; entry points: ${d.entryPoints.join(', ') || 'none'}`,
    `exports: ${d.exports.length}; imports: ${d.imports.map((i) => `${i.dll} (${i.names.length})`).join(', ') || 'none'}`,
    ...(d.clr === null ? [] : [`.NET: ${d.clr.assembly} ${d.clr.version}, MVID ${d.clr.mvid}, ${d.clr.httpTypes.map((t) => `${t.type} implements ${t.implements.join(', ')}`).join('; ') || 'no HTTP types'}`]),
    ...d.pdb.map((p) => `pdb: ${p}`),
    ...Object.entries(d.versionInfo).map(([k, v]) => `${k}: ${v}`),
    `signature: ${d.authenticode?.status ?? 'not-checked'}`,
    ...d.anomalies.map((a) => `anomaly at ${a.offset}: ${a.message}`),
    ...d.problems.map((p) => `problem: ${p.message}`),
  ];
  return `${lines.map(visible).join('\n')}\n`;
}
