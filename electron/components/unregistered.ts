import { compareBy } from '../../shared/base/compare.ts';
import type { Component, ComponentKind, PeFacts } from '../../shared/model/index.ts';
import { PRODUCTS, STOCK, fileName } from '../knowledge/index.ts';
import type { ImageFacts, ImageIndex } from './facts.ts';
import { firstSeen } from './first-seen.ts';
import { componentId } from './identity.ts';
import type { Judgement } from './origin.ts';

const ORDER: readonly ComponentKind[] = ['native-module', 'isapi-filter', 'isapi-extension', 'managed-module', 'managed-handler'];

/** What IIS could call in the file: exports of native code, types of managed code. */
export function entryPointsOf(pe: PeFacts | null): string[] {
  if (pe === null) return [];
  const types = pe.clr?.httpTypes.map((t) => `${t.type} (${t.implements.join(', ')})`) ?? [];
  const all = [...pe.entryPoints, ...types.filter((t) => !pe.entryPoints.some((e) => t.startsWith(e)))];
  return [...new Set(all)];
}

function originOfFile(facts: ImageFacts): Judgement {
  const { path, evidencePath } = facts.place;
  const name = fileName(path ?? evidencePath);
  if (path === null) {
    return STOCK.fileNames.some((f) => f.toLowerCase() === name.toLowerCase())
      ? { origin: 'stock', reason: `file name of an IIS role; where it lay on the server is not known; content not verified` }
      : { origin: 'unknown', reason: 'where it lay on the server is not known' };
  }
  if (STOCK.roleFile(path)) return { origin: 'stock', reason: 'file of an IIS or .NET role at its own place, not switched on; content not verified' };
  const product = PRODUCTS.file(path);
  if (product !== null) return { origin: 'known-product', reason: `file of ${product} at its own place, not switched on; content not verified` };
  return { origin: 'unknown', reason: 'no entry of the configuration names it, and no role or known product installs it there' };
}

/** PE files that IIS could load as a component and that no registration names, by path. */
export function unregisteredComponents(server: string, images: ImageIndex, covered: ReadonlySet<string>): Component[] {
  const found: Component[] = [];
  for (const facts of [...images.all].sort(compareBy((f) => f.place.evidencePath))) {
    const kinds: readonly ComponentKind[] = facts.pe?.kinds ?? [];
    const kind = ORDER.find((k) => kinds.includes(k));
    if (kind === undefined || covered.has(facts.place.evidencePath)) continue;
    const image = facts.place.path ?? facts.place.evidencePath;
    const { origin, reason } = originOfFile(facts);
    const managed = kind === 'managed-module' || kind === 'managed-handler';
    found.push({
      id: componentId(server, { kind, name: '', image: `file:${facts.place.evidencePath}`, type: '' }),
      server,
      kind,
      name: managed ? (facts.pe?.clr?.assembly ?? fileName(image)) : fileName(image),
      image,
      type: null,
      origin,
      originReason: reason,
      registrations: [],
      loadedBy: [],
      dormant: 'no entry of the configuration names this file',
      file: facts.file,
      file32: null,
      fileStatus: facts.status,
      signature: 'not-checked',
      entryPoints: entryPointsOf(facts.pe),
      firstSeen: firstSeen(null, [], false, facts),
      findings: [],
    });
  }
  return found;
}
