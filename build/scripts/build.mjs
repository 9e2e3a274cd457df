// Builds what is stale: the Node side into dist/electron, the renderer into dist/renderer.
// Usage: node build/scripts/build.mjs [electron|renderer ...] [--force]; without a name, both.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const dist = path.join(root, 'dist');
const version = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')).version;

const PARTS = {
  electron: { sources: ['electron', 'shared', 'build/bundle/electron.mjs', 'package-lock.json'], make: buildElectron },
  renderer: { sources: ['renderer', 'shared', 'build/bundle/renderer.vite.mjs', 'package-lock.json'], make: buildRenderer },
};

function fingerprint(sources) {
  const hash = createHash('sha256').update(version);
  const visit = (name) => {
    const full = path.join(root, name);
    if (!existsSync(full)) return;
    const stat = statSync(full);
    if (stat.isDirectory()) for (const child of readdirSync(full).sort()) visit(`${name}/${child}`);
    else hash.update(`${name}\0`).update(readFileSync(full));
  };
  sources.forEach(visit);
  return hash.digest('hex');
}

async function buildElectron(out) {
  const { build } = await import('vite');
  const { electronConfigs } = await import('../bundle/electron.mjs');
  for (const config of electronConfigs(out, version)) await build(config);
  // Beside package.json's "type": "module", so that a copy of dist alone still runs.
  writeFileSync(path.join(out, 'package.json'), '{ "type": "module" }\n');
}

async function buildRenderer(out) {
  const { build } = await import('vite');
  const { rendererConfig } = await import('../bundle/renderer.vite.mjs');
  await build(rendererConfig(out));
}

/** Builds one part if its sources changed; the result appears at once, by a rename, so that a reader never sees half of it. */
export async function ensureBuilt(part, { force = false, log = (line) => process.stderr.write(`${line}\n`) } = {}) {
  const { sources, make } = PARTS[part];
  const want = fingerprint(sources);
  const target = path.join(dist, part);
  const stamp = path.join(target, '.stamp');
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return false;
  log(`building ${part} ...`);
  const temp = path.join(dist, `.${part}-${process.pid}`);
  rmSync(temp, { recursive: true, force: true });
  mkdirSync(temp, { recursive: true });
  await make(temp);
  writeFileSync(path.join(temp, '.stamp'), want);
  const old = path.join(dist, `.${part}-old-${process.pid}`);
  if (existsSync(target)) renameSync(target, old);
  try {
    renameSync(temp, target);
  } catch {
    // Another build was faster: its result stands.
    if (!existsSync(target)) cpSync(temp, target, { recursive: true });
    rmSync(temp, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
  return true;
}

if (process.argv[1] === import.meta.filename) {
  const names = process.argv.slice(2).filter((a) => !a.startsWith('--'));
  for (const part of names.length > 0 ? names : Object.keys(PARTS)) await ensureBuilt(part, { force: process.argv.includes('--force') });
}
