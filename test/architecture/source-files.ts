import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

export interface SourceFile {
  /** Relative to the project, with `/`. */
  readonly name: string;
  readonly text: string;
  readonly lines: number;
  /** Specifiers of every static, dynamic and type import and re-export. */
  readonly imports: readonly string[];
}

const IMPORT = /(?:^|[\s;}])(?:import|export)\s+(?:type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]|import\(\s*['"]([^'"]+)['"]\s*\)/g;

/** All TypeScript files of the product's three source folders. */
export function sourceFiles(): readonly SourceFile[] {
  return ['electron', 'renderer', 'shared'].flatMap((top) => walk(top)).filter((n) => /\.tsx?$/.test(n)).map(read);
}

/** Names of all files below a folder of the project. */
export function walk(folder: string): readonly string[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true })
    .flatMap((e) => (e.isDirectory() ? walk(`${folder}/${e.name}`) : [`${folder}/${e.name}`]))
    .sort();
}

function read(name: string): SourceFile {
  const text = readFileSync(path.join(ROOT, name), 'utf8');
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const imports = [...bare.matchAll(IMPORT)].map((m) => m[1] ?? m[2] ?? '');
  return { name, text: bare, lines: text.split('\n').length, imports };
}

/** A relative specifier as a project path. */
export function resolveImport(from: string, specifier: string): string {
  return path.posix.normalize(path.posix.join(path.posix.dirname(from), specifier));
}
