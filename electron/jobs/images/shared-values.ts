import type { SameBy } from '../../../shared/contract/image.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import type { ImageSummary } from '../../case/image-summaries.ts';

/** What is looked for among the summaries; resources and near files are looked for otherwise. */
export type Exact = Exclude<SameBy, 'resource' | 'tlsh'>;

/** MD5 and SHA-256 of no bytes at all. */
const EMPTY = new Set(['d41d8cd98f00b204e9800998ecf8427e', 'da39a3ee5e6b4b0d3255bfef95601890afd80709', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855']);
/** Import hashes of files that import `_CorDllMain` or `_CorExeMain` of mscoree.dll alone: MD5 of `mscoree._cordllmain` and `mscoree._corexemain`. */
const MANAGED_IMPORTS = new Set(['dae02f32a21e03ce65412f6e56942daa', 'f34d5f2d4577ed6d9ceec516c1f5a744']);
const NO_MVID = '00000000-0000-0000-0000-000000000000';

/** Every value of that kind which a file has, as it stands in its facts. */
export function valuesOf(by: Exact, summary: ImageSummary): readonly string[] {
  switch (by) {
    case 'sha256': return [summary.sha256];
    case 'sha1': return present(summary.identity?.sha1);
    case 'md5': return present(summary.identity?.md5);
    case 'export-set': return present(summary.identity?.exportSet);
    case 'imphash': return present(summary.imphash);
    case 'rich': return present(summary.richHash);
    case 'mvid': return present(summary.mvid);
    case 'assembly': return present(summary.assembly);
    case 'section': return summary.sections.flatMap((section) => present(section.sha256));
    case 'pdb': return summary.pdb;
    case 'version': return Object.entries(summary.versionInfo).map(([name, text]) => `${name}=${text}`);
    case 'signer': return [...summary.signedBy, ...(summary.signers ?? [])].flatMap(({ subject, thumbprint }) => [thumbprint, subject]);
    case 'linker-stamp': return [String(summary.timestamp.value), ...present(summary.timestamp.time)];
  }
}

/**
 * As values are compared: hashes and identifiers without letter case, paths and assembly names as Windows and .NET
 * compare them, all other texts exactly.
 */
export function comparable(by: SameBy, value: string): string {
  switch (by) {
    case 'version': return value;
    case 'pdb': case 'assembly': return foldCase(value);
    case 'signer': return /^[0-9a-f]+$/i.test(value) ? value.toLowerCase() : value;
    // A number may be written in hexadecimal, as headers show it.
    case 'linker-stamp': return /^0x[0-9a-f]{1,8}$/i.test(value) ? String(Number(value)) : value;
    default: return value.toLowerCase();
  }
}

/** Why a value is nothing that files can have in common, or null. `value` is comparable. */
export function emptyValue(by: SameBy, value: string): string | null {
  if (EMPTY.has(value)) return 'This is the hash of no bytes at all; files without such a part have nothing in common.';
  if (by === 'mvid' && value === NO_MVID) return 'An MVID of zeros identifies no module.';
  if (by === 'version' && /=\s*$/.test(value)) return 'The text is empty; files without it have nothing in common.';
  if (by === 'linker-stamp' && (value === '0' || value === '4294967295')) return 'The field was left empty; files without a linker stamp have nothing in common.';
  return value.trim() === '' ? 'The value is empty.' : null;
}

/** Why files that share this value need not have anything to do with each other, or null. */
export function weakValue(by: SameBy, value: string, summaries: readonly ImageSummary[]): string | null {
  if (by === 'imphash' && MANAGED_IMPORTS.has(value)) return 'Every file of pure .NET code has this import hash.';
  if (by === 'section' && summaries.some((s) => s.sections.some((section) => section.sha256 === value && section.entropy === 0))) {
    return 'The section consists of one byte over and over, often zeros; that says little.';
  }
  if (by === 'export-set') return 'Modules and filters that export only what IIS asks for share their export set without being related.';
  if (by === 'version' && /^(?:Translation|LegalCopyright|CompanyName|ProductName|FileVersion|ProductVersion)=/.test(value)) return 'Anybody can write this text into a file; a shared name, version or copyright proves no common origin.';
  if (by === 'linker-stamp') return 'A linker stamp is a number that its maker chose, and forgeable.';
  return null;
}

function present(value: string | null | undefined): string[] {
  return value === null || value === undefined || value === '' ? [] : [value];
}
