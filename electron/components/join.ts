import type { Component, ComponentKind, ConfigChange, ConfigCopy, FileStatus, LoadedBy, Registration, Server } from '../../shared/model/index.ts';
import { parseTypeName, preConditions, STOCK } from '../knowledge/index.ts';
import { arrivalOf } from './arrival.ts';
import { assemblyOf } from './assembly.ts';
import type { ImageFacts, ImageIndex } from './facts.ts';
import { firstSeen } from './first-seen.ts';
import { componentId, enablesNative, identityOf, imageWithoutArguments, keyOf, type Identity } from './identity.ts';
import { LoadOrder } from './load-order.ts';
import { originOf, type Judgement } from './origin.ts';
import { attributeOf, permitsOnly, sectionName, type LoadState, type RawRegistration } from './registration.ts';
import { signatureOf } from './signed.ts';
import { entryPointsOf, unregisteredComponents } from './unregistered.ts';

export interface JoinInput {
  readonly server: Server;
  /** Registrations of the configuration in force, in the order of the files. */
  readonly registrations: readonly RawRegistration[];
  /** Where a registration takes effect; asked once for each. */
  readonly loadState: (registration: RawRegistration) => LoadState;
  readonly images: ImageIndex;
  /** Of every file, oldest first; see mainLine. */
  readonly copies: readonly ConfigCopy[];
  readonly changes: readonly ConfigChange[];
  /** True when there is no Windows tree: nothing can then be called absent. */
  readonly loose: boolean;
}

/** A request for the file itself runs it too, where a handler without a script processor (ISAPI-dll, CGI-exe) answers. */
const PERMITTED_ONLY = 'permitted to run, but no handler names it';

/** What is worked out once for all components of a server. */
interface Around {
  readonly states: ReadonlyMap<RawRegistration, LoadState>;
  readonly order: LoadOrder;
  /** Names of the pools with 32-bit processes. */
  readonly narrow: ReadonlySet<string>;
}

interface Group { readonly identity: Identity; readonly members: RawRegistration[] }

/**
 * Joins registrations, files and history into the components of one server.
 * Order: by first registration, then files that nothing registers, by path.
 */
export function joinComponents(input: JoinInput): Component[] {
  const groups = groupRegistrations(input);
  const states = new Map(input.registrations.map((r) => [r, input.loadState(r)]));
  const around: Around = {
    states,
    order: new LoadOrder([...states.values()].map((s) => s.loadedBy)),
    narrow: new Set(input.server.pools.filter((p) => p.bitness === 32).map((p) => p.name)),
  };
  const registered = groups.map((group) => joinGroup(group, input, around));
  return [...registered, ...unregisteredComponents(input.server, input.images, registered)];
}

function groupRegistrations({ registrations, images }: JoinInput): Group[] {
  const groups = new Map<string, Group>();
  const globals = new Map<string, Group>();
  const identities = registrations.map((r) => identityOf(r, images));
  registrations.forEach((r, i) => {
    const identity = identities[i];
    if (identity === undefined || sectionName(r.section) !== 'globalModules' || r.name === null || globals.has(r.name)) return;
    globals.set(r.name, { identity, members: [] });
  });
  registrations.forEach((r, i) => {
    const own = identities[i];
    if (own === undefined) return;
    const global = enablesNative(r) && r.name !== null ? globals.get(r.name) : undefined;
    const identity = global?.identity ?? own;
    const key = keyOf(identity);
    const group = groups.get(key) ?? { identity, members: [] };
    group.members.push(r);
    groups.set(key, group);
  });
  return [...groups.values()];
}

function joinGroup({ identity, members }: Group, input: JoinInput, around: Around): Component {
  const { server, images, copies, changes, loose } = input;
  const { kind } = identity;
  // An entry that carries code (handler, globalModules) names the component better than a permission for it does.
  const naming = members.find((m) => m.name !== null && m.name !== '' && !permitsOnly(m.section));
  const name = naming?.name ?? null;
  const image = members.find((m) => m.image !== null && m.image !== '')?.image ?? null;
  const type = members.find((m) => m.type !== null && m.type !== '')?.type ?? null;
  // A line of isapiCgiRestriction, or of the like of IIS 6, permits: it loads nothing, and it has no preCondition of its own.
  const carriers = members.filter((m) => !permitsOnly(m.section));
  const loaded = carriers.length === 0 ? { loadedBy: [], dormant: PERMITTED_ONLY } : mergeLoadState(carriers.flatMap((m) => around.states.get(m) ?? []), around.order);
  const files = type !== null && image === null ? managedFiles(type, members, input) : imageFiles(kind, image, carriers, loaded.loadedBy, around.narrow, images);
  const { origin, reason } = judge(kind, name, image, type, members, server);
  const host = server.configuration?.evidencePath ?? null;
  const inConfiguration = members.some((m) => m.evidencePath === host);
  const status: FileStatus = loose && files.status === 'absent' ? 'not-collected' : files.status;
  return {
    id: componentId(server.id, identity),
    server: server.id,
    kind,
    name,
    image,
    type,
    origin,
    originReason: reason,
    registrations: members.map(toRegistration),
    loadedBy: loaded.loadedBy,
    dormant: loaded.dormant,
    file: files.main?.file ?? null,
    file32: files.other?.file ?? null,
    fileStatus: status,
    ...signatureOf(files.main, files.other),
    entryPoints: entryPointsOf(files.main?.pe ?? null),
    firstSeen: firstSeen(arrivalOf(members, host, changes, copies), copies, inConfiguration, files.main),
    findings: [],
  };
}

function judge(kind: ComponentKind, name: string | null, image: string | null, type: string | null, members: readonly RawRegistration[], server: Server): Judgement {
  const [first] = members;
  const naming = members.find((m) => m.image !== null);
  return originOf({
    kind, name, type,
    image: image === null ? null : imageWithoutArguments(kind, image),
    section: first?.section,
    iisVersion: server.iisVersion,
    preCondition: naming === undefined ? undefined : attributeOf(naming, 'preCondition'),
    value: first === undefined ? null : attributeOf(first, 'value'),
  });
}

interface Files { readonly main: ImageFacts | null; readonly other: ImageFacts | null; readonly status: FileStatus }

function managedFiles(type: string, members: readonly RawRegistration[], { server, images }: JoinInput): Files {
  const { origin } = originOf({ kind: 'managed-module', name: null, image: null, type });
  // The Framework's own types live in the global assembly cache, which nobody needs to collect.
  if (origin === 'stock') return { main: null, other: null, status: 'none' };
  const found = assemblyOf(type, [...new Set(members.map((m) => m.scope))], server, images);
  // Not in `bin`, but the runtime has an assembly of that name of its own.
  const elsewhere = found.status === 'absent' && STOCK.platformAssembly(parseTypeName(type).assembly ?? '');
  return elsewhere ? { main: null, other: null, status: 'none' } : { main: found.facts, other: null, status: found.status };
}

function imageFiles(kind: ComponentKind, image: string | null, members: readonly RawRegistration[], loadedBy: readonly LoadedBy[], narrow: ReadonlySet<string>, images: ImageIndex): Files {
  if (image === null) return { main: null, other: null, status: 'none' };
  const path = imageWithoutArguments(kind, image);
  const conditions = members.filter((m) => m.image !== null).map((m) => preConditions(attributeOf(m, 'preCondition')));
  const only32 = conditions.length > 0 && conditions.every((set) => set.has('bitness32'));
  const only64 = conditions.length > 0 && conditions.every((set) => set.has('bitness64'));
  if (only32 || (!only64 && loadedBy.length > 0 && loadedBy.every((l) => narrow.has(l.pool)))) {
    const main = images.lookup(path, 32);
    return { main, other: null, status: main.status };
  }
  const main = images.lookup(path, 64);
  if (only64 || !loadedBy.some((l) => narrow.has(l.pool))) return { main, other: null, status: main.status };
  const other = images.lookup(path, 32);
  const same = other.place.evidencePath === main.place.evidencePath;
  return { main, other: same ? null : other, status: main.status };
}

function mergeLoadState(states: readonly LoadState[], order: LoadOrder): { loadedBy: LoadedBy[]; dormant: string | null } {
  const loadedBy = order.merge(states.map((s) => s.loadedBy));
  const reasons = states.map((s) => s.dormant).filter((d) => d !== null);
  return { loadedBy, dormant: loadedBy.length > 0 || reasons.length < states.length ? null : (reasons[0] ?? null) };
}

function toRegistration(r: RawRegistration): Registration {
  return {
    path: r.path,
    evidencePath: r.evidencePath,
    line: r.line,
    column: r.column,
    section: r.section,
    scope: r.scope,
    sha256: r.sha256,
    attributes: r.attributes.map((a) => ({ name: a.name, value: a.value })),
  };
}
