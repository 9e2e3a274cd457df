import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { readSignatures } from '../../../electron/artifacts/pe/authenticode/read.ts';
import { AddressMap } from '../../../electron/artifacts/pe/address-map.ts';
import { readCapabilities } from '../../../electron/artifacts/pe/code/capabilities.ts';
import { readHeaders } from '../../../electron/artifacts/pe/headers.ts';
import { tlshOf } from '../../../electron/artifacts/pe/identity/tlsh.ts';
import { examinePe, parsePe } from '../../../electron/artifacts/pe/index.ts';
import { Image } from '../../../electron/artifacts/pe/image.ts';
import { readSections } from '../../../electron/artifacts/pe/sections.ts';
import { ByteView } from '../../../electron/artifacts/kit/bytes.ts';
import { ProblemList } from '../../../electron/artifacts/kit/findings.ts';
import { StringScan } from '../../../electron/jobs/images/string-scan.ts';

/** Times readers over files that are in memory: standard input names them, the answer is milliseconds per reader and round. */
interface Order {
  readonly files: readonly string[];
  readonly signed: readonly string[];
  readonly rounds: number;
}

const order = JSON.parse(readFileSync(0, 'utf8')) as Order;
const load = (files: readonly string[]): Uint8Array[] => files.map((file) => new Uint8Array(readFileSync(file)));
const [all, signed] = [load(order.files), load(order.signed)];

function strings(bytes: Uint8Array): void {
  const scan = new StringScan(5, 1_000_000);
  for (let at = 0; at < bytes.length; at += 131_072) scan.push(bytes.subarray(at, at + 131_072));
  scan.end();
}

/** Following code, which neither pefile nor a hash does: what of the reading is this part. */
function codeReader(): (bytes: Uint8Array) => void {
  const prepared = new Map(all.map((bytes) => {
    const view = new ByteView(bytes);
    const problems = new ProblemList();
    const headers = readHeaders(view, problems);
    const { facts } = parsePe(bytes, 'x.dll');
    if (headers === null || facts === null) return [bytes, null] as const;
    const sections = readSections(view, headers, problems);
    return [bytes, () => problems.guard('code', undefined, () => void readCapabilities(new Image(view, headers, sections, new AddressMap(headers, sections, view.length), problems, []), facts))] as const;
  }));
  return (bytes) => prepared.get(bytes)?.();
}

const READERS: readonly (readonly [string, readonly Uint8Array[], (bytes: Uint8Array) => unknown])[] = [
  ['parse', all, (bytes) => parsePe(bytes, 'x.dll')],
  ['code', all, codeReader()],
  ['examine', all, (bytes) => examinePe(bytes, 'x.dll')],
  ['signatures', signed, readSignatures],
  ['strings', all, strings],
  ['tlsh', all, tlshOf],
];

/** Code is cold at first: rounds of warming are not counted. */
const WARM_MS = 3000;
const times: Record<string, number[]> = {};
for (const [name, files, read] of READERS) {
  const end = performance.now() + WARM_MS;
  for (let i = 0; i < files.length * 50 && performance.now() < end; i++) read(files[i % files.length] ?? new Uint8Array());
  times[name] = Array.from({ length: order.rounds }, () => {
    const start = performance.now();
    const used = process.cpuUsage();
    for (const bytes of files) read(bytes);
    const { user, system } = process.cpuUsage(used);
    // Where other work shares the machine the clock says too much; where the collector runs beside, the processor does.
    return Math.min(performance.now() - start, (user + system) / 1000);
  });
}
process.stdout.write(`${JSON.stringify(times)}\n`);
