import { type ImageFacts, type ImageIndex, withInherited } from '../../components/index.ts';
import type { WindowsView } from '../../evidence/windows-view.ts';
import type { ArtifactEvent } from '../../artifacts/kit/definition.ts';
import type { Authenticode, PeFacts, TraitHit } from '../../../shared/model/index.ts';
import { createImageReaders } from '../image-reader/pool.ts';
import { mapLimited } from '../limited.ts';
import type { ReadingContext } from './context.ts';
import { nameOf, placeOf, type Inventory, type ManifestFile } from './inventory.ts';
import type { ImageTask } from './recognise.ts';

/** A program file after reading. `facts` is null when it is no PE. */
export interface ReadImage {
  readonly file: ManifestFile;
  readonly sha256: string;
  readonly facts: PeFacts | null;
  readonly events: readonly ArtifactEvent[];
  /** Published traits of known families that stand in it. */
  readonly traits: readonly TraitHit[];
  /** Set once the catalogs are read; null where signatures were not checked. */
  readonly authenticode: Authenticode | null;
}

/** Less than this is read by one thread: starting others would take longer. Never by the engine's own, which one hostile file would stop. */
const WORTH_THREADS = 16 * 1024 * 1024;

/** Hashes and reads program files; in what order they are finished never shows. */
export async function readImages(ctx: ReadingContext, tasks: readonly ImageTask[]): Promise<ReadImage[]> {
  let done = 0;
  const total = tasks.reduce((n, t) => n + t.file.size, 0);
  ctx.board.progress('images', 0, total);
  const readers = createImageReaders({ workerUrl: ctx.imageWorker, location: ctx.source.location, workers: total < WORTH_THREADS ? 1 : ctx.workers });
  try {
    const read = await mapLimited(tasks, Math.max(2, ctx.workers), ctx.signal, async ({ file, artifact }) => {
      const { evidencePath } = file;
      const report = await readers.read({ artifact: artifact.id, evidencePath });
      ctx.board.progress('images', (done += file.size), total, nameOf(evidencePath));
      ctx.problems.addAll(placeOf(file), file.server, report.problems);
      file.sha256 = report.sha256;
      return report.sha256 === null ? [] : [{ file, sha256: report.sha256, facts: report.facts, events: report.events, traits: report.traits, authenticode: null }];
    });
    return read.flat();
  } finally {
    await readers.close();
  }
}

/** The images of one host, found by the paths that the configuration writes. */
export function imageIndexOf(view: WindowsView, inventory: Inventory, images: readonly ReadImage[]): ImageIndex {
  const byPath = new Map(images.map((image) => [image.file.evidencePath, image]));
  const own = images.filter((image) => view.windowsPath(image.file.evidencePath) !== null);
  return withInherited({
    lookup: (imagePath, bitness) => {
      const found = view.resolve(imagePath, bitness);
      const evidencePath = found.entry?.evidencePath ?? '';
      const image = byPath.get(evidencePath);
      const file = inventory.files.get(evidencePath);
      return {
        status: found.status,
        place: { path: found.path ?? view.expand(imagePath, bitness), evidencePath },
        file: image === undefined ? readFile(file) : componentFile(image),
        pe: image?.facts ?? null,
        authenticode: image?.authenticode ?? null,
        traits: image?.traits ?? [],
        modified: file?.modified ?? null,
      };
    },
    all: own.filter((image) => image.facts !== null).map(imageFacts),
  });
}

/** Loose images: nothing can be looked up by a path of the server, since no path is known. */
export function looseImageIndex(images: readonly ReadImage[], expand: (path: string) => string): ImageIndex {
  return withInherited({
    lookup: (imagePath) => ({ status: imagePath === '' ? 'none' : 'not-collected', place: { path: expand(imagePath), evidencePath: '' }, file: null, pe: null, modified: null }),
    all: images.filter((image) => image.facts !== null).map(imageFacts),
  });
}

function imageFacts(image: ReadImage): ImageFacts {
  return { status: 'present', place: placeOf(image.file), file: componentFile(image), pe: image.facts, authenticode: image.authenticode, traits: image.traits, modified: image.file.modified };
}

/** A file that was read as something else: the settings that a pool names as its CLRConfigFile. */
function readFile(file: ManifestFile | undefined): ImageFacts['file'] {
  return file === undefined || file.sha256 === null ? null : { ...placeOf(file), sha256: file.sha256, size: file.size };
}

function componentFile(image: ReadImage): NonNullable<ImageFacts['file']> {
  return { ...placeOf(image.file), sha256: image.sha256, size: image.file.size };
}
