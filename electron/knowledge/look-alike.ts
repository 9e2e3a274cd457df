import { foldCase } from '../../shared/base/compare.ts';
import { STOCK } from './stock.ts';
import { PRODUCTS } from './products.ts';

/** How a name resembles one that Windows uses. */
export interface LookAlike {
  readonly of: string;
  readonly how: 'one or two letters differ' | 'characters that look alike' | 'the same name with something added';
}

/** Shorter names differ by a letter or two by chance. */
const MIN_FOR_ONE = 6;
const MIN_FOR_TWO = 8;
const MIN_FOR_AFFIX = 8;
const MAX_NAME = 100;
/** More added letters than this and the name is another word that happens to contain this one. */
const MAX_AFFIX = 6;

/** Letters of other scripts, and digits, that a reader takes for a Latin letter (after folding to upper case). */
const CONFUSABLES: ReadonlyMap<string, string> = new Map([
  ['0', 'O'], ['1', 'I'], ['L', 'I'], ['|', 'I'], ['5', 'S'],
  ['\u0410', 'A'], ['\u0412', 'B'], ['\u0415', 'E'], ['\u041a', 'K'], ['\u041c', 'M'], ['\u041d', 'H'], ['\u041e', 'O'], ['\u0420', 'P'],
  ['\u0421', 'C'], ['\u0422', 'T'], ['\u0425', 'X'], ['\u0406', 'I'], ['\u0408', 'J'], ['\u0405', 'S'],
  ['\u0391', 'A'], ['\u0392', 'B'], ['\u0395', 'E'], ['\u0397', 'H'], ['\u0399', 'I'], ['\u039a', 'K'], ['\u039c', 'M'], ['\u039d', 'N'],
  ['\u039f', 'O'], ['\u03a1', 'P'], ['\u03a4', 'T'], ['\u03a7', 'X'], ['\u0396', 'Z'],
]);

function skeleton(folded: string): string {
  return [...folded].map((c) => CONFUSABLES.get(c) ?? c).join('').replaceAll('RN', 'M').replaceAll('VV', 'W');
}

/** Number of single-letter edits (insert, drop, replace, swap of neighbours) between two words, at most `max` + 1. */
export function editDistance(a: string, b: string, max: number): number {
  if (Math.abs(a.length - b.length) > max) return max + 1;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let d = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d = Math.min(d, (before[j - 2] ?? 0) + 1);
      next.push(d);
    }
    before = row;
    row = next;
  }
  return Math.min(row[b.length] ?? 0, max + 1);
}

interface Model { readonly written: string; readonly folded: string; readonly skeleton: string }
const model = (written: string, stem: string): Model => ({ written, folded: foldCase(stem), skeleton: skeleton(foldCase(stem)) });
const moduleStem = (name: string): string => name.replace(/Module$/i, '');

const MODULES: readonly Model[] = [...STOCK.moduleNames, ...STOCK.filterNames].map((name) => model(name, moduleStem(name)));
const FILES: readonly Model[] = STOCK.fileNames.map((name) => model(name, name.replace(/\.dll$/i, '')));
const FOLDERS: readonly Model[] = ['inetsrv', 'System32', 'SysWOW64', 'Framework64', 'Microsoft.NET'].map((name) => model(name, name));

function near(stem: string, models: readonly Model[], affix: (longer: string, shorter: string) => boolean): LookAlike | null {
  const folded = foldCase(stem);
  if (folded.length > MAX_NAME || models.some((m) => m.folded === folded)) return null;
  const shape = skeleton(folded);
  for (const m of models) if (m.folded.length >= 4 && shape === m.skeleton) return { of: m.written, how: 'characters that look alike' };
  let best: { of: string; distance: number } | null = null;
  for (const m of models) {
    const shorter = Math.min(m.folded.length, folded.length);
    const max = shorter >= MIN_FOR_TWO ? 2 : shorter >= MIN_FOR_ONE ? 1 : 0;
    if (max === 0) continue;
    const distance = editDistance(folded, m.folded, max);
    if (distance <= max && (best === null || distance < best.distance)) best = { of: m.written, distance };
  }
  if (best !== null) return { of: best.of, how: 'one or two letters differ' };
  for (const m of models) if (affix(folded, m.folded)) return { of: m.written, how: 'the same name with something added' };
  return null;
}

function wordAdded(longer: string, shorter: string): boolean {
  const extra = longer.length - shorter.length;
  return shorter.length >= MIN_FOR_AFFIX && extra > 0 && extra <= MAX_AFFIX && (longer.startsWith(shorter) || longer.endsWith(shorter));
}

/** File names of inetsrv that are ordinary words: with something added they are anybody's. */
const WORDS: ReadonlySet<string> = new Set(['FILTER', 'STATIC', 'REDIRECT', 'REWRITE', 'MODULE', 'REQUEST', 'LOGGING', 'CACHE', 'WARMUP']);

/** For files only digits, `x64` and punctuation count as added: `isapi_redirect.dll` is a product's own name. */
function markAdded(longer: string, shorter: string): boolean {
  return shorter.length >= MIN_FOR_ONE && !WORDS.has(shorter) && longer.startsWith(shorter) && /^(?:[-_.]?(?:X?(?:32|64|86)|[0-9_]+)[-_.]?)+$/.test(longer.slice(shorter.length));
}

/** A module or filter name that resembles a stock one without being one, or a known product's. */
export function looksLikeModule(name: string): LookAlike | null {
  if (STOCK.isModuleName(name) || STOCK.isFilterName(name) || PRODUCTS.isModuleName(name) || PRODUCTS.isFilterName(name)) return null;
  return near(moduleStem(name), MODULES, wordAdded);
}

/** A DLL name (without folder) that resembles a file of inetsrv without being one. */
export function looksLikeFile(file: string): LookAlike | null {
  return near(file.replace(/\.(?:dll|exe)$/i, ''), FILES, markAdded);
}

const MIN_BEGINNING = 4;

/**
 * The stock file of inetsrv whose name begins as this one does and is about as long: names made up for that folder are built
 * so (`cachport` beside `cachhttp`). Null where another kind of likeness is there, and for names of Windows itself.
 */
export function beginsLikeFile(file: string): string | null {
  const folded = foldCase(file.replace(/\.(?:dll|exe)$/i, ''));
  // `iis` begins the names of half of all products.
  if (folded.length > MAX_NAME || folded.startsWith('IIS') || looksLikeFile(file) !== null || FILES.some((m) => m.folded === folded)) return null;
  const found = FILES.find((m) => Math.abs(m.folded.length - folded.length) <= 1 && m.folded.slice(0, MIN_BEGINNING) === folded.slice(0, MIN_BEGINNING) && folded.length > MIN_BEGINNING);
  return found?.written ?? null;
}

/** A folder name that resembles a system folder without being one. */
export function looksLikeFolder(folder: string): LookAlike | null {
  return near(folder, FOLDERS, () => false);
}
