import { foldCase } from '../../../shared/base/compare.ts';

/** A saved copy of the server configuration, made by the service AppHostSvc whenever the file changed. */
export interface LocatedCopy {
  /** Folder name as the evidence spells it: `CFGHISTORY_0000000007`. */
  readonly id: string;
  readonly order: number;
  /** Folder of the copy, relative to the evidence root, without the trailing `/`. */
  readonly folder: string;
}

const COPY = /^(.*\/)?(CFGHISTORY_(\d{1,10}))\/APPLICATIONHOST\.CONFIG$/;

/** The history copy that a path of the evidence is (`inetpub/history/CFGHISTORY_##########/applicationHost.config`), or null. */
export function locateCopy(evidencePath: string): LocatedCopy | null {
  const match = COPY.exec(foldCase(evidencePath));
  if (!match) return null;
  const start = (match[1] ?? '').length;
  const end = start + (match[2] ?? '').length;
  return { id: evidencePath.slice(start, end), order: Number(match[3]), folder: evidencePath.slice(0, end) };
}

/** Number of a copy by its folder name or path, or null. Copies are numbered upwards and never renumbered. */
export function copyNumber(path: string): number | null {
  const match = /(?:^|[\\/])CFGHISTORY_(\d{1,10})(?:$|[\\/])/.exec(foldCase(path));
  return match ? Number(match[1]) : null;
}
