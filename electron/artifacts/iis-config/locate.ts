import { foldCase } from '../../../shared/base/compare.ts';
import { renamedFrom } from '../kit/config-names.ts';

/** What a file is by where it lies. `copy` names the folder or pool that a copy belongs to. */
export interface LocatedConfig {
  readonly kind: 'applicationHost' | 'webConfig' | 'administration' | 'redirection' | 'machine' | 'rootWebConfig' | 'history' | 'poolCopy' | 'backup' | 'schema';
  /** `CFGHISTORY_0000000007`, pool name, backup name; null for a live file. */
  readonly copy: string | null;
}

const RULES: readonly { readonly kind: LocatedConfig['kind']; readonly pattern: RegExp }[] = [
  { kind: 'history', pattern: /(?:^|\/)(CFGHISTORY_\d{1,10})\/(?:APPLICATIONHOST|ADMINISTRATION|REDIRECTION)\.CONFIG$/ },
  { kind: 'schema', pattern: /(?:^|\/)INETSRV\/CONFIG\/SCHEMA\/[^/]+\.XML$/ },
  { kind: 'poolCopy', pattern: /(?:^|\/)INETPUB\/TEMP\/APPPOOLS\/(?:[^/]+\/)?([^/]+)\.CONFIG(?:\.TMP)?$/ },
  { kind: 'poolCopy', pattern: /(?:^|\/)APPPOOLS\/([^/]+)\/\1\.CONFIG(?:\.TMP)?$/ },
  { kind: 'backup', pattern: /(?:^|\/)INETSRV\/BACKUP\/([^/]+)\/(?:APPLICATIONHOST|ADMINISTRATION|REDIRECTION)\.CONFIG$/ },
  { kind: 'backup', pattern: /(?:^|\/)INETSRV\/((?!CONFIG\/[^/]+$)[^/]+(?:\/[^/]+)*)\/(?:APPLICATIONHOST|ADMINISTRATION|REDIRECTION)\.CONFIG$/ },
  { kind: 'machine', pattern: /(?:^|\/)MICROSOFT\.NET\/FRAMEWORK(?:64)?\/V[\d.]+\/CONFIG\/MACHINE\.CONFIG$/ },
  // What the ASP.NET host gives to every worker process of that .NET version.
  { kind: 'machine', pattern: /(?:^|\/)MICROSOFT\.NET\/FRAMEWORK(?:64)?\/V[\d.]+\/ASPNET\.CONFIG$/ },
  { kind: 'rootWebConfig', pattern: /(?:^|\/)MICROSOFT\.NET\/FRAMEWORK(?:64)?\/V[\d.]+\/CONFIG\/WEB\.CONFIG$/ },
  { kind: 'applicationHost', pattern: /(?:^|\/)APPLICATIONHOST\.CONFIG$/ },
  { kind: 'administration', pattern: /(?:^|\/)INETSRV\/CONFIG\/ADMINISTRATION\.CONFIG$/ },
  { kind: 'redirection', pattern: /(?:^|\/)INETSRV\/CONFIG\/REDIRECTION\.CONFIG$/ },
  { kind: 'machine', pattern: /(?:^|\/)MACHINE\.CONFIG$/ },
  { kind: 'webConfig', pattern: /(?:^|\/)WEB\.CONFIG$/ },
];

/**
 * Which configuration file a path of the evidence is, or null. `evidencePath` has `/` between components; letter case
 * does not matter. A file that was renamed beside the original (`web.config.bak`) is a backup, its name that of the copy.
 */
export function locateConfig(evidencePath: string): LocatedConfig | null {
  const folded = foldCase(evidencePath);
  for (const { kind, pattern } of RULES) {
    const match = pattern.exec(folded);
    if (!match) continue;
    const name = match[1];
    // The name as the evidence spells it: folding keeps the length, so its place is the same.
    const at = name === undefined ? -1 : folded.lastIndexOf(`/${name}`);
    return { kind, copy: name === undefined ? null : evidencePath.slice(at + 1, at + 1 + name.length) };
  }
  const name = evidencePath.slice(evidencePath.lastIndexOf('/') + 1);
  return renamedFrom(name) === null ? null : { kind: 'backup', copy: name };
}
