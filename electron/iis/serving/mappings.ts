import { foldCase } from '../../../shared/base/compare.ts';
import { attributeValue, type EffectiveEntry } from '../../../shared/model/index.ts';
import type { SectionState } from '../merge/state.ts';
import { type PoolTraits, unmetPreCondition } from '../preconditions.ts';
import { extensionOf, pathPattern, type PathPattern, verbsOf } from './pattern.ts';
import type { UrlPath } from './url.ts';

/** Handlers of one list that are looked at; stock servers have fifty. */
const MAX_MAPPINGS = 5000;

/** For which resources a handler is meant; names as in IIS_schema.xml, default `Unspecified`. */
export type ResourceType = 'FILE' | 'DIRECTORY' | 'EITHER' | 'UNSPECIFIED';

/** A handler whose preconditions hold, ready to be held against requests. */
export interface Mapping {
  readonly entry: EffectiveEntry;
  readonly pattern: PathPattern;
  /** Null: every verb. */
  readonly verbs: ReadonlySet<string> | null;
  readonly resource: ResourceType;
  /** Modules that it names; a type without any runs through ManagedPipelineHandler. */
  readonly modules: readonly string[];
  readonly managed: boolean;
  /** Only hands out what lies on disk: files, default documents, lists of a folder. */
  readonly static: boolean;
}

/** Modules of the stock StaticFile handler. */
const STATIC_MODULES: ReadonlySet<string> = new Set(['StaticFileModule', 'DefaultDocumentModule', 'DirectoryListingModule']);

const RESOURCES: ReadonlyMap<string, ResourceType> = new Map([
  ['FILE', 'FILE'], ['0', 'FILE'], ['DIRECTORY', 'DIRECTORY'], ['1', 'DIRECTORY'], ['EITHER', 'EITHER'], ['2', 'EITHER'],
]);

/**
 * The handlers that can be chosen, in their order. One whose preCondition does not hold is not; one that lacks its module,
 * its access or its permission is chosen and fails, so it stays.
 */
export function mappingsOf(entries: readonly EffectiveEntry[], state: SectionState, pool: PoolTraits): readonly Mapping[] {
  const merged = [...state.entries.values()];
  const mappings: Mapping[] = [];
  for (const [i, entry] of entries.entries()) {
    if (mappings.length >= MAX_MAPPINGS) break;
    const own = merged[i];
    if (own === undefined || unmetPreCondition(entry.preCondition, pool) !== null) continue;
    const { modules, managed: typed } = own.traits;
    mappings.push({
      entry,
      pattern: pathPattern(entry.path ?? ''),
      verbs: verbsOf(entry.verb ?? ''),
      resource: RESOURCES.get(foldCase(attributeValue(own.element, 'resourceType') ?? '')) ?? 'UNSPECIFIED',
      modules,
      managed: typed || modules.includes('ManagedPipelineHandler'),
      static: !typed && modules.length > 0 && modules.every((name) => STATIC_MODULES.has(name)),
    });
  }
  return mappings;
}

export type FileStatus = 'present' | 'absent' | 'folder' | 'not-collected';

/** A mapping that fits a request. */
export interface Fit {
  readonly mapping: Mapping;
  /** Index of the part that names the resource; what lies behind is path info. */
  readonly at: number;
  /** What of the evidence lies there. */
  readonly status: FileStatus;
  /** True when the mapping is for what is on disk, and nothing is. */
  readonly absent: boolean;
}

/** Extensions that are remembered of one list; logs of scanners have many. */
const MAX_REMEMBERED = 5000;
const byExtension = new WeakMap<readonly Mapping[], Map<string, readonly Mapping[]>>();

/** Those of the mappings that can fit at all, in their order: most are for one extension, which only few parts have. */
function candidates(mappings: readonly Mapping[], { folded }: UrlPath): readonly Mapping[] {
  const last = folded.at(-1) ?? '';
  // Path info: a part inside the path may fit too.
  for (let i = 0; i < folded.length - 1; i++) if (folded[i]?.includes('.') === true) return mappings;
  let known = byExtension.get(mappings);
  if (!known) byExtension.set(mappings, (known = new Map()));
  const extension = extensionOf(last);
  let found = known.get(extension);
  if (!found) {
    found = mappings.filter(({ pattern }) => pattern.extension === null || pattern.extension === extension);
    if (known.size < MAX_REMEMBERED) known.set(extension, found);
  }
  return found;
}

/**
 * The handlers that fit, first one first; no more than are needed: the search ends at the first that can answer.
 * @param statusAt what lies at the path up to a part
 */
export function fitsOf(mappings: readonly Mapping[], url: UrlPath, verb: string, statusAt: (at: number) => FileStatus): readonly Fit[] {
  const fits: Fit[] = [];
  for (const mapping of candidates(mappings, url)) {
    if (mapping.verbs !== null && !mapping.verbs.has(verb)) continue;
    const at = mapping.pattern.fit(url.folded, url.folder);
    if (at < 0) continue;
    const status = statusAt(at);
    if (mapping.resource === 'FILE' && status === 'folder') continue;
    if (mapping.resource === 'DIRECTORY' && status === 'present') continue;
    const absent = mapping.resource !== 'UNSPECIFIED' && status === 'absent';
    fits.push({ mapping, at, status, absent });
    // What is for "*." alone passes on what no route takes.
    if (!absent && !mapping.pattern.extensionless) break;
    if (fits.length >= 20) break;
  }
  return fits;
}
