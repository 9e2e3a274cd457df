// Reads the program files below a folder into memory, then times hashing and parsing them and the search for traits. One JSON line.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { examinePe } from '../../../electron/artifacts/pe/index.ts';
import { TraitScan } from '../../../electron/jobs/image-reader/traits/scan-traits.ts';

const [folder = '.', most = '200000000'] = process.argv.slice(2);
const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile() && /\.(?:dll|exe)$/i.test(e.name)).map((e) => path.join(e.parentPath, e.name)).sort();
const files: { readonly name: string; readonly bytes: Uint8Array }[] = [];
let size = 0;
for (const name of names) {
  const bytes = statSync(name).size;
  if (bytes === 0 || size + bytes > Number(most)) continue;
  files.push({ name, bytes: new Uint8Array(readFileSync(name)) });
  size += bytes;
}
const scan = new TraitScan();
let read = 0;
let scanned = 0;
let hits = 0;
let programs = 0;
let bytesOfPrograms = 0;
for (const round of [0, 1, 2]) {
  for (const { name, bytes } of files) {
    const began = performance.now();
    createHash('sha256').update(bytes).digest('hex');
    const { facts } = examinePe(bytes, path.basename(name));
    const parsed = performance.now();
    if (facts === null) continue;
    const found = scan.scan(bytes, facts);
    // The first round warms both up.
    if (round === 0) continue;
    read += parsed - began;
    scanned += performance.now() - parsed;
    hits += found.length;
    programs += 1;
    bytesOfPrograms += bytes.length;
  }
}
process.stdout.write(`${JSON.stringify({ files: programs / 2, bytes: bytesOfPrograms / 2, readSeconds: read / 2000, scanSeconds: scanned / 2000, hits: hits / 2 })}\n`);
