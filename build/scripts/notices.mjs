// Writes THIRD-PARTY-NOTICES.txt: the licence texts of everything that is shipped, from the packages themselves.
// Usage: node build/scripts/notices.mjs [--check]
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const target = path.join(root, 'THIRD-PARTY-NOTICES.txt');

const byText = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
/** Native parts for one platform each; the licence of the package that picks among them covers all. */
const PLATFORM_PART = /^@duckdb\/node-bindings-/;

/** Packages of the lock file that the product needs when it runs, by name; the tree is flat or listed with every place. */
function shipped() {
  const { packages } = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([place, p]) => place !== '' && p.dev !== true && p.devOptional !== true)
    .map(([place, p]) => ({ place, name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length), version: p.version, license: p.license ?? 'not stated' }))
    .filter((p) => !PLATFORM_PART.test(p.name))
    .sort((a, b) => byText(a.name, b.name) || byText(a.version, b.version));
}

/** What a package contains of others and does not name itself. */
const INSIDE = path.join(root, 'build/package/notices');

/** Licence and notice files of a package, in order of name, and of what is inside it. */
function texts(p) {
  const inside = path.join(INSIDE, `${p.name.replace('/', '__')}.txt`);
  return [own(p), ...(existsSync(inside) ? [readFileSync(inside, 'utf8').trim()] : [])].join('\n\n');
}

function own({ place, name, license }) {
  const folder = path.join(root, place);
  if (!existsSync(folder)) throw new Error(`${name} is not installed; run npm ci first`);
  const files = readdirSync(folder).filter((f) => /^(licen[cs]e|copying|notice)([._-].*)?$/i.test(f) && !/\.(js|ts|json)$/i.test(f)).sort(byText);
  if (files.length > 0) return files.map((f) => readFileSync(path.join(folder, f), 'utf8').replace(/\r\n?/g, '\n').trim()).join('\n\n');
  // Some packages state their licence in package.json alone; then that statement and the author are all there is to quote.
  const { author, repository } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const who = typeof author === 'string' ? author : author?.name;
  const where = typeof repository === 'string' ? repository : repository?.url;
  return [`The package comes without a licence file. Its package.json says: ${license}.`, who && `Author: ${who}`, where && `Source: ${where}`].filter(Boolean).join('\n');
}

/** The whole text; the same for the same lock file. Packages with the same text share one copy. */
export function notices() {
  const groups = new Map();
  for (const p of shipped()) {
    const text = texts(p);
    groups.set(text, [...(groups.get(text) ?? []), p]);
  }
  const parts = [...groups].map(([text, list]) => `${list.map((p) => `${p.name} ${p.version} (${p.license})`).join('\n')}\n\n${text}\n`);
  const head = [
    'IISight contains the following software of others. Each part is under the licence given with it.',
    'Electron and Chromium, where the desktop program is packaged, bring their own notices: LICENSE.electron.txt and LICENSES.chromium.html beside the program.',
    '',
  ].join('\n');
  return [head, ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}

if (process.argv[1] === import.meta.filename) {
  const text = notices();
  if (process.argv.includes('--check')) {
    const same = existsSync(target) && readFileSync(target, 'utf8') === text;
    if (!same) process.stderr.write('THIRD-PARTY-NOTICES.txt is not that of the lock file: run node build/scripts/notices.mjs\n');
    process.exitCode = same ? 0 : 1;
  } else writeFileSync(target, text);
}
