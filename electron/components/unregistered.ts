import { compareBy } from '../../shared/base/compare.ts';
import { type Component, type ComponentKind, HTTP_TYPES, type HttpType, type PeFacts, type Server } from '../../shared/model/index.ts';
import { PRODUCTS, STOCK, fileName } from '../knowledge/index.ts';
import { coveredBy } from './covered.ts';
import type { ImageFacts, ImageIndex } from './facts.ts';
import { firstSeen } from './first-seen.ts';
import { componentId } from './identity.ts';
import type { Judgement } from './origin.ts';
import { signatureOf } from './signed.ts';

/** Interfaces and base classes through which ASP.NET gives a request to a type. */
const HANDLER = /\.(?:IHttp(?:Async)?Handler(?:Factory2?)?|HttpTaskAsyncHandler)$/;

const ORDER: readonly ComponentKind[] = ['native-module', 'isapi-filter', 'isapi-extension', 'managed-module', 'managed-handler'];

/** What IIS could call in the file: exports of native code, types of managed code. */
export function entryPointsOf(pe: PeFacts | null, only?: readonly HttpType[]): string[] {
  if (pe === null) return [];
  const types = (only ?? pe.clr?.httpTypes ?? []).map((t) => `${t.type} (${t.implements.join(', ')}${t.through === undefined ? '' : `; by way of ${t.through}`})`);
  const own = only === undefined ? pe.entryPoints : pe.entryPoints.filter((e) => only.some((t) => e.startsWith(t.type)) || pe.clr?.httpTypes.some((t) => e.startsWith(t.type)) !== true);
  const all = [...own, ...types.filter((t) => !pe.entryPoints.some((e) => t.startsWith(e)))];
  return [...new Set(all)];
}

function dormantWords(configured: boolean, starts: boolean, someNamed: boolean): string {
  if (!configured) return 'no configuration in the evidence says whether it is loaded';
  const what = someNamed ? 'no entry of the configuration names these types of the file' : 'no entry of the configuration names this file';
  return starts ? `${what}; code of it runs at application start and can register them` : what;
}

function originOfFile(facts: ImageFacts, configured: boolean): Judgement {
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
  return { origin: 'unknown', reason: `${configured ? 'no entry of the configuration names it, and ' : ''}no role or known product installs it there` };
}

/** The kind that the file can be loaded as with what nothing registers of it. */
function kindOf(facts: ImageFacts, types: readonly HttpType[], someNamed: boolean): ComponentKind | undefined {
  const kinds: readonly ComponentKind[] = facts.pe?.kinds ?? [];
  if (!someNamed) return ORDER.find((k) => kinds.includes(k));
  const native = ORDER.find((k) => kinds.includes(k) && !k.startsWith('managed-'));
  if (native !== undefined) return native;
  const implemented = types.flatMap((t) => t.implements);
  if (implemented.some((i) => HTTP_TYPES.get(i) === 'module')) return 'managed-module';
  return implemented.some((i) => HANDLER.test(i)) ? 'managed-handler' : undefined;
}

/** PE files that IIS could load as a component and that no registration names, or not all their types, by path. */
export function unregisteredComponents(server: Server, images: ImageIndex, registered: readonly Component[]): Component[] {
  const covered = coveredBy(registered, server);
  const found: Component[] = [];
  const configured = server.configuration !== null;
  for (const facts of [...images.all].sort(compareBy((f) => f.place.evidencePath))) {
    if (covered.whole.has(facts.place.evidencePath)) continue;
    const all = facts.pe?.clr?.httpTypes ?? [];
    const types = all.filter((t) => !covered.type(facts, t.type));
    const someNamed = types.length < all.length;
    const kind = kindOf(facts, types, someNamed);
    if (kind === undefined) continue;
    const image = facts.place.path ?? facts.place.evidencePath;
    const { origin, reason } = originOfFile(facts, configured);
    const managed = kind === 'managed-module' || kind === 'managed-handler';
    found.push({
      id: componentId(server.id, { kind, name: '', image: `file:${facts.place.evidencePath}`, type: '' }),
      server: server.id,
      kind,
      name: managed ? (facts.pe?.clr?.assembly ?? fileName(image)) : fileName(image),
      image,
      type: null,
      origin,
      originReason: reason,
      registrations: [],
      loadedBy: [],
      dormant: dormantWords(configured, managed && (facts.pe?.clr?.preApplicationStart.length ?? 0) > 0, someNamed),
      file: facts.file,
      file32: null,
      fileStatus: facts.status,
      ...signatureOf(facts, null),
      entryPoints: entryPointsOf(facts.pe, someNamed ? types : undefined),
      firstSeen: firstSeen(null, [], false, facts),
      findings: [],
    });
  }
  return found;
}
