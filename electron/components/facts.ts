import type { Authenticode, ComponentFile, FileStatus, PeFacts, Place, TraitHit } from '../../shared/model/index.ts';

/** What is known of the file behind an image path, as one bitness sees it. */
export interface ImageFacts {
  readonly status: FileStatus;
  readonly place: Place;
  readonly file: ComponentFile | null;
  /** Null when the file is not there, or is no PE file. */
  readonly pe: PeFacts | null;
  /** The verdict on its signature, with the catalogs of the evidence; null or absent where there is none. */
  readonly authenticode?: Authenticode | null;
  /** Published traits of known families that stand in its bytes; absent where they were not looked for. */
  readonly traits?: readonly TraitHit[];
  /** Content time of the file as UTC text with the fidelity of the collection, or null. */
  readonly modified: string | null;
}

/** Every DLL that was read, by where it lies; components joins these to registrations. */
export interface ImageIndex {
  /** The image at a path as written in the configuration, as a process of this bitness resolves it. */
  lookup(imagePath: string, bitness: 32 | 64): ImageFacts;
  /** All PE files that were read on this server (inetsrv, application bin folders, registered), sorted by evidencePath. */
  readonly all: readonly ImageFacts[];
}
