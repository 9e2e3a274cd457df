import type { Component, EvidenceRef, GraphNode, Severity } from '../../shared/model/index.ts';
import { foldCase } from '../../shared/base/compare.ts';
import { baseName, refOf, type ChainContext, type FileImports } from './chain-context.ts';
import type { Drawing } from './drawing.ts';

/** Imported DLLs and assemblies of one file that are drawn. */
const MOST_IMPORTS = 100;
/** Names of one DLL that an edge spells out. */
const SPELLED = 6;
/** Entry points that are drawn once their group is open. */
const MOST_ENTRY_POINTS = 500;

export const fileNode = (evidencePath: string): string => `file:${evidencePath}`;
const arriving = (arrival: GraphNode['arrival']): Pick<GraphNode, 'arrival'> => (arrival === undefined ? {} : { arrival });

/** The files of a component with their entry points and, where it was asked for, what they import. */
export function drawFiles(drawing: Drawing, context: ChainContext, c: Component, node: string, severity: Severity | null, arrival: GraphNode['arrival']): void {
  const named = c.image ?? (c.file === null ? null : (c.file.path ?? c.file.evidencePath));
  if (named === null) return;
  const from = c.registrations.slice(0, 1).map(refOf);
  if (c.file === null) {
    const gone = c.fileStatus === 'absent' || c.fileStatus === 'not-collected';
    const id = drawing.node({ ...arriving(arrival), id: `file:${c.id}`, kind: 'file', layer: 5, label: baseName(named), detail: `${named}: ${c.fileStatus === 'absent' ? 'not in its folder' : c.fileStatus}`, severity, absent: gone, component: c.id, refs: from });
    drawing.edge(node, id, `names ${named}, ${c.fileStatus === 'absent' ? 'which is not in its folder' : 'which was not collected'}`, from, 'dashed');
    return;
  }
  for (const [file, words] of [[c.file, 'names'], [c.file32, 'as a 32-bit process names it:']] as const) {
    if (file === null) continue;
    const ref: EvidenceRef[] = [{ path: file.path, evidencePath: file.evidencePath, offset: 0, sha256: file.sha256 }];
    const id = fileNode(file.evidencePath);
    const open = context.expand.has(id);
    drawing.node({
      ...arriving(arrival), ...(open ? {} : { expands: 'imports' as const }), id, kind: 'file', layer: 5, label: baseName(file.path ?? file.evidencePath),
      detail: `${file.path ?? file.evidencePath}; ${file.size} bytes; SHA-256 ${file.sha256}`, severity, component: c.id, refs: ref,
    });
    drawing.edge(node, id, `${words} ${named}`, [...from, ...ref]);
    const imports = context.imports.get(file.sha256);
    if (open && imports !== undefined) drawImports(drawing, context, c, id, imports, ref);
    if (file === c.file) drawEntryPoints(drawing, context, c, id, baseName(file.evidencePath), arrival, ref);
  }
}

function drawEntryPoints(drawing: Drawing, { limits, expand }: ChainContext, c: Component, file: string, name: string, arrival: GraphNode['arrival'], ref: readonly EvidenceRef[]): void {
  const group = `group:entry-points:${c.id}`;
  const most = expand.has(group) ? MOST_ENTRY_POINTS : limits.entryPoints;
  for (const point of c.entryPoints.slice(0, most)) {
    const entry = drawing.node({ ...arriving(arrival), id: `entry:${file.slice('file:'.length)}:${point}`, kind: 'entry-point', layer: 6, label: point, detail: `of ${name}`, component: c.id, refs: [...ref] });
    drawing.edge(file, entry, point.includes('(') ? `holds ${point}` : `exports ${point}`, ref);
  }
  const rest = c.entryPoints.length - most;
  if (rest <= 0) return;
  drawing.node({ id: group, kind: 'group', layer: 6, label: `${rest} more entry points`, count: rest, of: 'entry-point', component: c.id });
  drawing.edge(file, group, `${rest} more`, ref);
}

/** A DLL that several files import is one node: going back from it shows who does. */
function drawImports(drawing: Drawing, { server }: ChainContext, c: Component, file: string, { dlls, assemblies }: FileImports, ref: readonly EvidenceRef[]): void {
  const found = [
    ...dlls.map(({ dll, names }) => ({ label: dll, detail: 'imported DLL', reason: `imports ${names.length} ${names.length === 1 ? 'name' : 'names'} from ${dll}${spelled(names)}` })),
    ...assemblies.map((name) => ({ label: name, detail: 'referenced assembly', reason: `references assembly ${name}` })),
  ];
  for (const { label, detail, reason } of found.slice(0, MOST_IMPORTS)) {
    const id = drawing.node({ id: `import:${server.id}:${foldCase(label)}`, kind: 'import', layer: 6, label, detail, refs: [...ref] });
    drawing.edge(file, id, reason, ref);
  }
  const rest = found.length - MOST_IMPORTS;
  if (rest <= 0) return;
  const id = drawing.node({ id: `group:imports:${c.id}:${file}`, kind: 'group', layer: 6, label: `${rest} more imports`, count: rest, of: 'import', component: c.id });
  drawing.edge(file, id, `imports from ${rest} more`, ref);
}

function spelled(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length - SPELLED;
  return `: ${names.slice(0, SPELLED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
