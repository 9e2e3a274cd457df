import { compareText, foldCase } from '../../shared/base/compare.ts';
import type { Component, FileStatus, Registration, Server } from '../../shared/model/index.ts';
import type { CodeEntry } from '../artifacts/kit/definition.ts';
import { preStartOrigin } from '../knowledge/index.ts';
import { type AssemblyFile, assemblyOf } from './assembly.ts';
import { type CodeFile, loadingOf, type Owner, ownersOfCodegen, PRE_START, registrationOf, scopeOfOwner } from './code-files.ts';
import type { ImageFacts, ImageIndex } from './facts.ts';
import { firstSeen } from './first-seen.ts';
import { componentId } from './identity.ts';
import { signatureOf } from './signed.ts';

/** What became of the assembly of one line. */
interface Found {
  readonly registration: Registration;
  readonly owners: readonly Owner[];
  readonly facts: ImageFacts | null;
  readonly status: FileStatus;
  readonly modified: string | null;
}

interface PreStartInput { readonly server: Server; readonly files: readonly CodeFile[]; readonly images: ImageIndex }

/** Applications named in one sentence. */
const MAX_NAMED = 10;

/** Looks assemblies up for applications, each pair once: hundreds of sites have lists of much the same names. */
class Assemblies {
  readonly #known = new Map<string, AssemblyFile>();
  readonly #server: Server;
  readonly #images: ImageIndex;

  constructor(server: Server, images: ImageIndex) {
    this.#server = server;
    this.#images = images;
  }

  of(full: string, owner: Owner): AssemblyFile {
    const scope = scopeOfOwner(owner);
    const key = `${full}\0${scope}`;
    let found = this.#known.get(key);
    if (found === undefined) {
      found = assemblyOf(`-, ${full}`, [scope], this.#server, this.#images);
      this.#known.set(key, found);
    }
    return found;
  }
}

/** Assemblies with start code, as ASP.NET listed them: one component for each full name and fate of its file. */
export function preStartComponents({ server, files, images }: PreStartInput): Component[] {
  const assemblies = new Assemblies(server, images);
  const groups = new Map<string, { readonly entry: CodeEntry; readonly full: string; readonly found: Found[] }>();
  for (const file of files) {
    if (file.section !== PRE_START) continue;
    const owners = owningApplications(server, file, assemblies);
    for (const entry of file.entries) {
      const full = fullName(entry);
      const found = locate(file, entry, full, owners, assemblies);
      // An assembly that is there for one application may be gone for another.
      const key = `${foldCase(full)}\0${found.status}`;
      const group = groups.get(key) ?? { entry, full, found: [] };
      group.found.push(found);
      groups.set(key, group);
    }
  }
  return [...groups].sort((a, b) => compareText(a[0], b[0])).map(([key, { entry, full, found }]) => component(server, key, entry.name, full, found));
}

/** Where the name alone leaves several applications, those whose `bin` holds an assembly of the list that is not everybody's. */
function owningApplications(server: Server, file: CodeFile, assemblies: Assemblies): readonly Owner[] {
  const candidates = ownersOfCodegen(server, file.place.path ?? '');
  if (candidates.length < 2) return candidates;
  const telling = file.entries.filter((e) => preStartOrigin(e.name, tokenOf(e)).origin === 'unknown').map(fullName);
  const holding = candidates.filter((owner) => telling.some((full) => assemblies.of(full, owner).status === 'present'));
  return holding.length === 1 ? holding : candidates;
}

const fullName = (entry: CodeEntry): string => entry.attributes[0]?.value ?? entry.name;

function tokenOf(entry: CodeEntry): string | null {
  return /PublicKeyToken\s*=\s*([0-9a-f]{16})/i.exec(fullName(entry))?.[1]?.toLowerCase() ?? null;
}

function locate(file: CodeFile, entry: CodeEntry, full: string, owners: readonly Owner[], assemblies: Assemblies): Found {
  const [only] = owners;
  const scope = owners.length === 1 && only !== undefined ? scopeOfOwner(only) : 'server';
  const copy = file.shadowCopies.find((c) => foldCase(c.name) === foldCase(entry.name));
  const attributes = [
    ...entry.attributes,
    ...(owners.length > 1 ? [{ name: 'applications', value: `${owners.slice(0, MAX_NAMED).map(scopeOfOwner).join(', ')}${owners.length > MAX_NAMED ? `, and ${owners.length - MAX_NAMED} more` : ''}` }] : []),
    ...(copy === undefined ? [] : [{ name: 'shadowCopy', value: copy.place.path ?? copy.place.evidencePath }]),
  ];
  const answers = owners.map((owner) => assemblies.of(full, owner));
  const best = answers.find((a) => a.status === 'present') ?? answers.find((a) => a.status !== 'absent') ?? answers[0];
  return {
    registration: { ...registrationOf(file, entry, scope), attributes },
    owners: owners.length === 1 ? owners : [],
    facts: best?.facts ?? null,
    // Without an application there is no bin to look into.
    status: best?.status ?? 'not-collected',
    modified: file.modified,
  };
}

function component(server: Server, key: string, name: string, full: string, found: readonly Found[]): Component {
  const present = found.find((f) => f.status === 'present')?.facts ?? null;
  const first = found[0];
  const owners = new Map(found.flatMap((f) => f.owners).map((o) => [scopeOfOwner(o), o]));
  const { loadedBy, dormant } = loadingOf([...owners.values()]);
  const gone = first?.status === 'absent';
  const { origin, reason } = preStartOrigin(name, /PublicKeyToken\s*=\s*([0-9a-f]{16})/i.exec(full)?.[1]?.toLowerCase() ?? null);
  const listed = found.map((f) => f.modified).filter((m) => m !== null).sort(compareText)[0];
  return {
    id: componentId(server.id, { kind: 'other', name: PRE_START, image: key, type: '' }),
    server: server.id, kind: 'other', name, image: null, type: null, origin, originReason: reason,
    registrations: found.map((f) => f.registration),
    loadedBy: gone ? [] : loadedBy,
    dormant: gone ? 'its file is gone: at the next start ASP.NET looks for start code anew and writes the list again' : dormant,
    file: present?.file ?? null, file32: null, fileStatus: first?.status ?? 'not-collected', ...signatureOf(present, null),
    entryPoints: [...(present?.pe?.clr?.preApplicationStart ?? [])],
    firstSeen: present === null && listed !== undefined ? { time: listed, from: 'file-time', fidelity: 'mtime-only' } : firstSeen(null, [], false, present),
    findings: [],
  };
}
