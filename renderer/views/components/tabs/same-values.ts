import type { PeFacts } from '../../../../shared/model/index.ts';
import type { Shared } from '../explore.tsx';
import type { Program } from '../use-program.ts';

/** A value of a file that others may share, and what it is called. */
export interface SameValue extends Shared {
  readonly name: string;
  /** As it is shown, where that is not the value itself. */
  readonly shown: string;
}

export const BY_WORDS: Readonly<Record<Shared['by'], string>> = {
  sha256: 'SHA-256', sha1: 'SHA-1', md5: 'MD5', imphash: 'imphash', rich: 'Rich hash', section: 'section hash', resource: 'resource hash', pdb: 'PDB path', version: 'version string', mvid: 'MVID',
  assembly: 'assembly name', 'export-set': 'export set', tlsh: 'TLSH', signer: 'signer', 'linker-stamp': 'linker stamp',
};

/** A version string as it is asked for. */
export function versionValue(name: string, text: string): string {
  return `${name}=${text}`;
}

/** Everything of a file by which others can be found; hashes of sections and resources that hold bytes only. @param time formats a moment in the zone of the screen */
export function sameValues({ sha256, authenticode }: Pick<Program, 'sha256' | 'authenticode'>, facts: PeFacts, time: (text: string) => string): readonly SameValue[] {
  const out: SameValue[] = [];
  const add = (by: Shared['by'], value: string | null | undefined, name: string = BY_WORDS[by], shown: string = value ?? ''): void => {
    if (value !== null && value !== undefined && value !== '') out.push({ by, value, name, shown });
  };
  const { identity, clr } = facts;
  add('sha256', sha256);
  add('sha1', identity?.sha1);
  add('md5', identity?.md5);
  add('imphash', facts.imphash);
  add('rich', facts.richHash);
  add('export-set', identity?.exportSet);
  add('tlsh', identity?.tlsh);
  for (const pdb of facts.pdb) add('pdb', pdb);
  add('mvid', clr?.mvid);
  add('assembly', clr?.assembly);
  for (const signer of authenticode?.signers ?? []) add('signer', signer.thumbprint, BY_WORDS.signer, `${signer.subject} (${signer.thumbprint})`);
  add('linker-stamp', String(facts.timestamp.value), BY_WORDS['linker-stamp'], facts.timestamp.time === null ? String(facts.timestamp.value) : time(facts.timestamp.time));
  for (const [name, text] of Object.entries(facts.versionInfo)) add('version', text === '' ? null : versionValue(name, text), `version: ${name}`, text);
  for (const s of facts.sections) add('section', s.sha256, `section ${s.name}`);
  const seen = new Set<string>();
  for (const r of facts.resources) {
    if (r.sha256 === null || seen.has(r.sha256)) continue;
    seen.add(r.sha256);
    add('resource', r.sha256, `resource ${r.type} ${r.name}`);
  }
  return out;
}
