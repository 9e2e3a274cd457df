import { compareBy, foldCase } from '../../../shared/base/compare.ts';
import { attributeValue, type Component, type ConfigElement } from '../../../shared/model/index.ts';
import { sectionName } from '../../components/index.ts';
import type { PoolStart } from '../../story/facts.ts';
import { eventId } from '../../timeline/event-id.ts';
import { fileIdOf } from '../../timeline/file-id.ts';
import type { ServerModel } from '../model/case-model.ts';

/** Pools that are looked at for one component; a hoster has hundreds. */
const MAX_POOLS = 50;
/** Attributes that tell entries apart by the code that they name. */
const KEYS = ['name', 'image', 'type', 'scriptProcessor', 'path', 'dll', 'fullPath'] as const;

const keyOf = (section: string, value: (name: string) => string): string => [section, ...KEYS.map((name) => foldCase(value(name)))].join('\0');

/** For each pool that loads the component: what it was started with, and the entry in it. */
export function poolStarts(model: ServerModel, component: Component): PoolStart[] {
  const host = model.server.configuration?.evidencePath ?? null;
  const own = component.registrations.filter((r) => r.evidencePath === host);
  const wanted = new Set(own.map((r) => keyOf(sectionName(r.section), (name) => r.attributes.find((a) => a.name === name)?.value ?? '')));
  const pools = new Set(component.loadedBy.map((l) => foldCase(l.pool)));
  const copies = new Map(model.copies.map(({ copy }) => [copy.evidencePath, copy]));
  return [...model.poolCopies].sort(compareBy((p) => p.configuration.evidencePath)).flatMap(({ configuration, role }): PoolStart[] => {
    const copy = copies.get(configuration.evidencePath);
    const pool = role.copy ?? '';
    if (copy === undefined || !pools.has(foldCase(pool))) return [];
    const found = entryIn(configuration.document.root, wanted);
    // Nothing can be said of entries behind the end of a damaged file.
    if (found === null && !configuration.document.complete) return [];
    const entry = found === null ? null : { path: configuration.path, evidencePath: configuration.evidencePath, line: found.line, column: found.column, sha256: configuration.sha256 };
    return [{ pool, copy, entry, event: eventId({ fileId: fileIdOf(configuration.evidencePath), off: 0n, seq: 2 }) }];
  }).slice(0, MAX_POOLS);
}

function entryIn(root: ConfigElement | null, wanted: ReadonlySet<string>): ConfigElement | null {
  const pending = root === null || wanted.size === 0 ? [] : [root];
  for (let element = pending.pop(); element; element = pending.pop()) {
    for (const child of element.children) {
      if (child.attributes.length > 0 && wanted.has(keyOf(element.name, (name) => attributeValue(child, name) ?? ''))) return child;
      if (child.children.length > 0) pending.push(child);
    }
  }
  return null;
}
