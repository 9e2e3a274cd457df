import { compareText, foldCase } from '../../shared/base/compare.ts';
import type { Component, ComponentKind, Registration, Server } from '../../shared/model/index.ts';
import { byRoot, type CodeFile, type CodeFolder, loadingOf, type Owner, registrationOf, scopeOfOwner } from './code-files.ts';
import type { ImageFacts, ImageIndex } from './facts.ts';
import { firstSeen } from './first-seen.ts';
import { componentId } from './identity.ts';
import { preStartComponents } from './pre-start.ts';
import { signatureOf } from './signed.ts';
import { entryPointsOf } from './unregistered.ts';

export interface ApplicationCodeInput {
  readonly server: Server;
  readonly files: readonly CodeFile[];
  readonly folders: readonly CodeFolder[];
  readonly images: ImageIndex;
}

/** Registrations of one component that are kept; a precompiled application has thousands of pages. */
const MAX_REGISTRATIONS = 50;
const INVENTORY = 'code of the application itself, which needs no line of configuration: listed, not judged';

/** Code that an application brings with it and that no configuration names. One component for global.asax, one for all sources and pages, one for each assembly with start code. */
export function applicationCode(input: ApplicationCodeInput): Component[] {
  const owners = byRoot(input.server);
  return [...asaxComponents(input, owners), ...sourceComponents(input, owners), ...preStartComponents(input)];
}

const folderOf = (path: string | null): string => foldCase(path ?? '').replace(/\\[^\\]*$/, '');

function asaxComponents({ server, files, images }: ApplicationCodeInput, owners: ReadonlyMap<string, readonly Owner[]>): Component[] {
  return files.filter((f) => f.section === 'global.asax').flatMap((file) => {
    const [entry] = file.entries;
    // Below the root of an application ASP.NET does not look for the file.
    return entry === undefined ? [] : (owners.get(folderOf(file.place.path)) ?? []).map((owner) => {
      const compiled = images.lookup(`${owner.application.physicalPath.path ?? ''}\\bin\\App_global.asax.dll`, owner.application.bitness);
      return inventory(server, owner, 'managed-module', 'global.asax', entry.type, [registrationOf(file, entry, scopeOfOwner(owner))], compiled.status === 'present' ? compiled : null, file.modified);
    });
  });
}

/** App_Code, App_GlobalResources and the pages of a precompiled application: one component for each application. */
function sourceComponents({ server, files, folders }: ApplicationCodeInput, owners: ReadonlyMap<string, readonly Owner[]>): Component[] {
  const found = new Map<string, { readonly owner: Owner; readonly names: string[]; readonly registrations: Registration[] }>();
  const at = (root: string): { readonly owner: Owner; readonly names: string[]; readonly registrations: Registration[] }[] =>
    (owners.get(root) ?? []).map((owner) => {
      const key = scopeOfOwner(owner);
      const known = found.get(key) ?? { owner, names: [], registrations: [] };
      found.set(key, known);
      return known;
    });
  for (const folder of folders) {
    for (const { owner, names, registrations } of at(folderOf(folder.path))) {
      names.push(`${folder.name} (${folder.files} ${folder.files === 1 ? 'file' : 'files'})`);
      registrations.push({ ...folder.first, line: 1, column: 1, section: folder.name, scope: scopeOfOwner(owner), sha256: '', attributes: [{ name: 'files', value: String(folder.files) }] });
    }
  }
  const pages = new Map<string, CodeFile[]>();
  for (const file of files) {
    if (file.section !== 'compiled' || file.entries.length === 0) continue;
    const root = folderOf(folderOf(file.place.path));
    const list = pages.get(root);
    if (list === undefined) pages.set(root, [file]);
    else list.push(file);
  }
  for (const [root, list] of pages) {
    for (const { owner, names, registrations } of at(root)) {
      names.push(`precompiled pages (${list.length})`);
      for (const file of list.slice(0, MAX_REGISTRATIONS)) for (const entry of file.entries) registrations.push(registrationOf(file, entry, scopeOfOwner(owner)));
    }
  }
  return [...found].sort((a, b) => compareText(a[0], b[0])).map(([, { owner, names, registrations }]) => inventory(server, owner, 'other', names.join(', '), null, registrations, null, null));
}

function inventory(server: Server, owner: Owner, kind: ComponentKind, name: string, type: string | null, registrations: Registration[], file: ImageFacts | null, modified: string | null): Component {
  const { loadedBy, dormant } = loadingOf([owner]);
  return {
    id: componentId(server.id, { kind, name: registrations[0]?.section ?? '', image: `application:${scopeOfOwner(owner)}`, type: '' }),
    server: server.id, kind, name, image: null, type, origin: 'unknown', originReason: INVENTORY, registrations, loadedBy, dormant,
    file: file?.file ?? null, file32: null, fileStatus: file === null ? 'none' : file.status, ...signatureOf(file, null), entryPoints: entryPointsOf(file?.pe ?? null),
    firstSeen: file === null && modified !== null ? { time: modified, from: 'file-time', fidelity: 'mtime-only' } : firstSeen(null, [], false, file),
    findings: [],
  };
}
