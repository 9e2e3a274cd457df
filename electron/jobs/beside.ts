import { compareBy, foldCase } from '../../shared/base/compare.ts';
import { RequestError } from '../../shared/base/result.ts';
import type { PeFacts } from '../../shared/model/index.ts';
import { catalogArtifacts, imageArtifacts } from '../artifacts/registry.ts';
import { type CatalogIndex, NO_CATALOGS, type Signed } from '../components/index.ts';
import { openEvidence } from '../evidence/open.ts';
import type { InventoryEntry } from '../evidence/source.ts';
import { createCatalogReaders, createImageReaders } from './image-reader/pool.ts';
import { mapLimited } from './limited.ts';
import { indexOf, wantedDigests } from './reading/catalogs.ts';

/** Assemblies that are read to follow base types; an application has hundreds in its bin folder, and few are in the chain. */
const MAX_ASSEMBLIES = 200;
const MAX_ASSEMBLY_BYTES = 64 * 1024 * 1024;

/** What a folder of evidence says of one program that is looked at on its own. */
export interface Beside {
  readonly catalogs: CatalogIndex;
  /** Catalogs that were found, whether or not they could be read. */
  readonly catalogFiles: number;
  /** Assemblies that the program references, directly or through others, in the order of their evidence paths. */
  readonly assemblies: readonly BesideAssembly[];
  readonly problems: readonly { readonly kind: string; readonly message: string }[];
}

export interface BesideAssembly { readonly evidencePath: string; readonly sha256: string; readonly size: number; readonly facts: PeFacts }

interface Asked { readonly sha256: string; readonly facts: Pick<PeFacts, 'clr'> & Signed }
interface Options { readonly imageWorker: URL; readonly workers: number }

/**
 * Looks for one program in the catalogs of a folder (`*.cat` anywhere in it) and for the assemblies that it references.
 * @throws RequestError when the folder cannot be opened
 */
export async function besideProgram(location: string, asked: Asked, { imageWorker, workers }: Options): Promise<Beside> {
  const source = await openEvidence(location);
  try {
    if (source.kind === 'file') throw new RequestError('unavailable', `${location} is a file; the evidence beside a program is a folder or a zip.`);
    const files = (await source.inventory()).filter((entry) => entry.type === 'file');
    const options: Reading = { workerUrl: imageWorker, location: source.location, workers, signal: new AbortController().signal };
    const { index, problems, count } = await catalogsAmong(files, asked, options);
    return { catalogs: index, catalogFiles: count, assemblies: await assembliesAmong(files, asked.facts, options), problems };
  } finally {
    await source.close();
  }
}

interface Reading { readonly workerUrl: URL; readonly location: string; readonly workers: number; readonly signal: AbortSignal }

async function catalogsAmong(files: readonly InventoryEntry[], asked: Asked, options: Reading): Promise<{ index: CatalogIndex; problems: Beside['problems']; count: number }> {
  const [artifact] = catalogArtifacts();
  const found = files.filter((f) => foldCase(f.evidencePath).endsWith('.CAT'));
  if (artifact === undefined || found.length === 0) return { index: NO_CATALOGS, problems: [], count: 0 };
  const readers = createCatalogReaders({ ...options, wanted: wantedDigests([asked]) });
  try {
    const reports = await mapLimited(found, Math.max(2, options.workers), options.signal, async ({ evidencePath }) => ({
      file: { path: null, evidencePath, server: null }, report: await readers.read({ artifact: artifact.id, evidencePath }),
    }));
    const problems = reports.flatMap(({ file, report }) => report.problems.map(({ kind, message }) => ({ kind, message: `${file.evidencePath}: ${message}` })));
    return { index: indexOf(reports), problems, count: found.length };
  } finally {
    await readers.close();
  }
}

/** Follows references by the simple name of the assembly, which is that of its file. */
async function assembliesAmong(files: readonly InventoryEntry[], facts: Pick<PeFacts, 'clr'>, options: Reading): Promise<BesideAssembly[]> {
  const [artifact] = imageArtifacts();
  if (artifact === undefined || facts.clr === null) return [];
  const byName = new Map<string, InventoryEntry[]>();
  for (const file of [...files].sort(compareBy((f) => f.evidencePath))) {
    const name = /([^/]+)\.(?:DLL|EXE)$/.exec(foldCase(file.evidencePath))?.[1];
    if (name === undefined || file.size > MAX_ASSEMBLY_BYTES) continue;
    const known = byName.get(name);
    if (known === undefined) byName.set(name, [file]);
    else known.push(file);
  }
  const readers = createImageReaders(options);
  const seen = new Set<string>();
  const read: BesideAssembly[] = [];
  try {
    for (let wave: readonly Pick<PeFacts, 'clr'>[] = [facts]; wave.length > 0; ) {
      const wanted = wave.flatMap((f) => f.clr?.references ?? []).flatMap((reference) => {
        const name = foldCase(reference.split(',')[0]?.trim() ?? '');
        if (seen.has(name)) return [];
        seen.add(name);
        return byName.get(name) ?? [];
      }).slice(0, MAX_ASSEMBLIES - read.length);
      const reports = await mapLimited(wanted, Math.max(2, options.workers), options.signal, async ({ evidencePath, size }) => ({ evidencePath, size, ...await readers.read({ artifact: artifact.id, evidencePath }) }));
      const next = reports.flatMap(({ evidencePath, size, sha256, facts: own }) => (sha256 === null || own === null || own.clr === null ? [] : [{ evidencePath, size, sha256, facts: own }]));
      read.push(...next);
      wave = next.map((n) => n.facts);
    }
  } finally {
    await readers.close();
  }
  return read.sort(compareBy((r) => r.evidencePath));
}
