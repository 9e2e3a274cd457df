import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { compareText } from '../../shared/base/compare.ts';

/** One file of the built page, in memory. */
export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** What may be sent, by name: `/` and `/index.html`, `/assets/...`. Nothing else exists for a request. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** The kinds of file that a built page consists of. A file of another kind is not served. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.map', 'application/json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.woff2', 'font/woff2'],
  ['.txt', 'text/plain; charset=utf-8'],
]);

/** A page has some dozens of files; far more means that the folder is not the built page. */
const MAX_FILES = 1000;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads the whole built page once, so that no request ever becomes a path on the disk.
 * @throws Error with a sentence for a person when the folder holds no page.
 */
export function readPageFiles(folder: string): PageFiles {
  if (!isFile(path.join(folder, 'index.html'))) {
    const sentence = `The page has not been built: ${path.join(folder, 'index.html')} is not there (npm run build makes it).`;
    throw Object.assign(new Error(sentence), { code: 'ENOENT' });
  }
  const files = new Map<string, PageFile>();
  let bytes = 0;
  for (const name of names(folder, '')) {
    const type = TYPES.get(path.extname(name));
    if (type === undefined) continue;
    const body = readFileSync(path.join(folder, ...name.split('/')));
    bytes += body.length;
    if (files.size >= MAX_FILES || bytes > MAX_BYTES) throw new Error(`${folder} holds more than a page: over ${MAX_FILES} files or ${MAX_BYTES} bytes.`);
    files.set(`/${name}`, { type, body });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

/** Names below a folder with `/`, links and dot files left out. */
function names(folder: string, prefix: string): readonly string[] {
  return readdirSync(path.join(folder, prefix), { withFileTypes: true })
    .filter((e) => !e.name.startsWith('.'))
    .sort((a, b) => compareText(a.name, b.name))
    .flatMap((e) => (e.isDirectory() ? names(folder, `${prefix}${e.name}/`) : e.isFile() ? [`${prefix}${e.name}`] : []));
}

function isFile(name: string): boolean {
  return statSync(name, { throwIfNoEntry: false })?.isFile() === true;
}
