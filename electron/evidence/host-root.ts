import type { Layout } from '../../shared/model/index.ts';

/** A folder of the evidence that holds (part of) a drive of the server. */
export interface DriveRoot {
  /** Upper-case letter. */
  readonly letter: string;
  /** Evidence folder, without a slash at its end; '' for the evidence root itself. */
  readonly prefix: string;
  /** True where components below are percent-encoded (Velociraptor). */
  readonly encoded: boolean;
}

/** An earlier state of a drive: a volume shadow copy, or a tree that was copied. */
export interface NestedTree {
  readonly kind: 'shadow' | 'backup';
  /** `HarddiskVolumeShadowCopy3`, `VSS1`; the Windows path of a copied tree. */
  readonly name: string;
  /** The drive that it is a state of, and where it lies. */
  readonly drive: DriveRoot;
}

/** One Windows host in the evidence. */
export interface HostRoot {
  /** Stable: its evidence folder, or `host` for the evidence root. */
  readonly id: string;
  /** Evidence folder of the host, '' for the root. */
  readonly prefix: string;
  readonly layout: Layout;
  /** Drive that holds the Windows folder (`C` where no Windows folder was collected). */
  readonly systemDrive: string;
  /** Sorted by letter; where a drive was collected twice, the one that wins comes first. */
  readonly drives: readonly DriveRoot[];
  /** Evidence folders with another Windows tree inside this host (Windows.old, backups, shadow copies): not hosts. */
  readonly nested: readonly string[];
  /** Of those, and of the shadow copies beside the host, the ones that are earlier states of its drives. */
  readonly trees: readonly NestedTree[];
}
