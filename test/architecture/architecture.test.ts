import { describe, expect, it } from 'vitest';
import { LAYERS, MAX_FILES_IN_FOLDER, MAX_LINES, MAX_MEDIAN_LINES, type Layer } from './layers.ts';
import { resolveImport, sourceFiles } from './source-files.ts';

const files = sourceFiles();

function layerOf(name: string): Layer | undefined {
  return LAYERS.filter((l) => name === l.folder || name.startsWith(`${l.folder}/`)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** Sentences about every import that the matrix does not allow. */
function forbiddenImports(): readonly string[] {
  return files.flatMap((file) => {
    const layer = layerOf(file.name);
    if (!layer) return [`${file.name} lies in no layer: put it into one of ${LAYERS.map((l) => l.folder).join(', ')}`];
    return file.imports.flatMap((specifier) => {
      if (!specifier.startsWith('.')) {
        const name = specifier.startsWith('node:') ? specifier : specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
        return layer.packages.includes(name) ? [] : [`${file.name} imports the package ${name}: ${layer.folder} may use ${layer.packages.join(', ') || 'none'}`];
      }
      const target = resolveImport(file.name, specifier);
      const to = layerOf(target);
      if (target.endsWith('.css') && target.startsWith('renderer/')) return [];
      if (!to) return [`${file.name} imports ${target}, which lies in no layer`];
      if (to.folder === layer.folder) return siblingFault(file.name, target, layer.folder);
      const shared = to.folder.startsWith('shared/') && !layer.folder.startsWith('shared/');
      return shared || layer.imports.includes(to.folder)
        ? []
        : [`${file.name} imports ${target}: ${layer.folder} may import shared and ${layer.imports.join(', ') || 'nothing else'}`];
    });
  });
}

/** One artifact never imports another, one view never another; the lists of all artifacts, and of all logs, import them. */
function siblingFault(from: string, to: string, folder: string): readonly string[] {
  if (folder !== 'electron/artifacts' && folder !== 'renderer/views') return [];
  const part = (n: string): string => n.slice(folder.length + 1).split('/')[0] ?? '';
  const registry = from === 'electron/artifacts/registry.ts' || from === 'electron/artifacts/logs.ts';
  return registry || part(from) === part(to) ? [] : [`${from} imports ${to}: folders of ${folder} do not know each other`];
}

function cycles(): readonly string[] {
  const graph = new Map(files.map((f) => [f.name, f.imports.filter((i) => i.startsWith('.')).map((i) => resolveImport(f.name, i))]));
  const state = new Map<string, 'open' | 'done'>();
  const found: string[] = [];
  const visit = (name: string, trail: readonly string[]): void => {
    if (state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      found.push([...trail.slice(trail.indexOf(name)), name].join(' -> '));
      return;
    }
    state.set(name, 'open');
    for (const next of graph.get(name) ?? []) visit(next, [...trail, name]);
    state.set(name, 'done');
  };
  for (const name of graph.keys()) visit(name, []);
  return found;
}

function uses(pattern: RegExp, allowed: RegExp): readonly string[] {
  return files.filter((f) => !allowed.test(f.name) && pattern.test(f.text)).map((f) => f.name);
}

describe('the architecture', () => {
  it('lets each layer import only what the matrix allows', () => expect(forbiddenImports()).toEqual([]));
  it('has no import cycles', () => expect(cycles()).toEqual([]));
  it('keeps every file small', () => expect(files.filter((f) => f.lines > MAX_LINES).map((f) => `${f.name}: ${f.lines} lines`)).toEqual([]));
  it('keeps the median file small', () => {
    const sizes = files.map((f) => f.lines).sort((a, b) => a - b);
    expect(sizes[Math.floor(sizes.length / 2)] ?? 0).toBeLessThanOrEqual(MAX_MEDIAN_LINES);
  });
  it('keeps folders small enough to be read at a glance', () => {
    const counts = new Map<string, number>();
    for (const f of files) {
      const folder = f.name.slice(0, f.name.lastIndexOf('/'));
      counts.set(folder, (counts.get(folder) ?? 0) + 1);
    }
    expect([...counts].filter(([, n]) => n > MAX_FILES_IN_FOLDER)).toEqual([]);
  });
  it('reads raw bytes only through artifacts/kit', () => expect(uses(/\bDataView\b/, /^electron\/artifacts\/kit\//)).toEqual([]));
  it('formats time only in shared/time', () => expect(uses(/toISOString|toLocale(Date|Time)?String|Intl\.DateTimeFormat/, /^shared\/time\//)).toEqual([]));
  it('touches the file system only where it is meant to', () => {
    const fs = files.filter((f) => f.imports.some((i) => i === 'node:fs' || i === 'node:fs/promises'));
    const allowed = /^electron\/(evidence|case|cli|serve|shell|store|jobs\/spool)\//;
    expect(fs.map((f) => f.name).filter((n) => !allowed.test(n))).toEqual([]);
  });
  it('never puts evidence into the page as markup', () => expect(uses(/dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|document\.write/, /^$/)).toEqual([]));
  it('orders text the same way on every machine', () => expect(uses(/localeCompare|toLocale(Upper|Lower)Case/, /^$/)).toEqual([]));
  it('has no default exports', () => expect(uses(/^export default /m, /^$/)).toEqual([]));
});
