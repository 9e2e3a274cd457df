import type { CopySeries } from '../../../shared/model/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import { historyArtifacts } from '../../artifacts/registry.ts';
import type { Host, Hosts } from '../reading/hosts.ts';
import type { KnownConfiguration } from './known-configuration.ts';

/** A configuration file and what it is a copy of. */
export interface FoundCopy {
  readonly known: KnownConfiguration;
  readonly host: Host;
  /** Windows path of the file that it is a copy of. */
  readonly of: string;
  readonly series: CopySeries;
  /** `live`, `CFGHISTORY_0000000007`, `pool:NAME`, `backup:NAME`, `shadow:NAME`, `shadow:NAME/CFGHISTORY_0000000007`, `old-windows:Windows.old`. */
  readonly label: string;
  /** Name of the folder, pool or file alone. */
  readonly name: string;
  /** Number of a history copy, and what tells one sequence of numbers from another. */
  readonly number: number | null;
  readonly chain: string | null;
}

const OF_NO_COPY: ReadonlySet<string> = new Set(['schema', 'metabase', 'section']);

/** Tells for every configuration file what it is a copy of; files of no host, schemas and metabases are left out. */
export function findCopies(hosts: Hosts, configurations: readonly KnownConfiguration[]): readonly FoundCopy[] {
  return configurations.flatMap((known) => findCopy(hosts, known) ?? []);
}

function findCopy(hosts: Hosts, known: KnownConfiguration): FoundCopy | null {
  const { evidencePath, path, document } = known.configuration;
  if (OF_NO_COPY.has(known.role.kind) || (document.root !== null && localName(document.root.name) !== 'configuration')) return null;
  const earlier = hosts.earlierOf(evidencePath);
  const host = earlier?.host ?? hosts.hostOf(evidencePath);
  const at = earlier?.path ?? path;
  const place = host === null || at === null ? null : (historyArtifacts()[0]?.copyOf(at) ?? null);
  if (host === null || place === null) return null;
  const trees = [...(earlier === null ? [] : [`${earlier.tree.kind}:${earlier.tree.name}`]), ...(place.oldWindows === null ? [] : [`old-windows:${place.oldWindows}`])];
  const own = { live: '', history: place.name, pool: `pool:${place.name}`, backup: `backup:${place.name}` }[place.series];
  const series = place.series === 'pool' ? 'pool' : (earlier?.tree.kind ?? (place.oldWindows === null ? place.series : 'old-windows'));
  // A shadow copy has the history folder of the same service; another installation counts on its own.
  const apart = earlier?.tree.kind === 'shadow' && place.oldWindows === null ? '' : trees.join('/');
  return {
    known,
    host,
    of: host.view.expand(place.original, 64),
    series,
    label: [...trees, ...(own === '' ? [] : [own])].join('/') || 'live',
    name: place.name,
    number: place.number,
    chain: place.folder === null ? null : foldCase(`${apart}|${host.view.expand(place.folder, 64)}`),
  };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
