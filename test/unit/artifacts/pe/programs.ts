import { closeSync, existsSync, openSync, readSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { corpus } from '../../../helpers/corpus.ts';
import { fixturePath, manifest } from './fixtures.ts';

const ROOT = path.join(import.meta.dirname, '../../../..');
/** Packages of this checkout that bring Windows programs. */
const PACKAGES = ['electron-winstaller/vendor', '@electron/windows-sign/vendor', '@electron-internal/extract-zip'];
const CORPUS = ['components', 'authenticode', 'dotnet'];

/** Every PE file at hand: our own fixtures, what npm packages brought, and the corpus where it is present. */
export function programs(): string[] {
  const folders = [
    ...PACKAGES.map((name) => path.join(ROOT, 'node_modules', name)),
    ...(corpus.present ? CORPUS.map((name) => corpus.file(name)) : []),
    ...(process.env['IISIGHT_PE_CORPUS'] === undefined ? [] : [process.env['IISIGHT_PE_CORPUS']]),
  ];
  const found = folders.filter((folder) => existsSync(folder)).flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name)));
  return [...manifest.files.map(({ file }) => fixturePath(file)), ...found.filter(startsWithMz)].sort();
}

function startsWithMz(file: string): boolean {
  const head = Buffer.alloc(2);
  const handle = openSync(file, 'r');
  try {
    return readSync(handle, head, 0, 2, 0) === 2 && head.toString('latin1') === 'MZ';
  } finally {
    closeSync(handle);
  }
}
