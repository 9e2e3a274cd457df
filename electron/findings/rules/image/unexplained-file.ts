import { foldCase } from '../../../../shared/base/compare.ts';
import { UNKNOWN_MOMENT, type ComponentSignature, type Place, type Severity } from '../../../../shared/model/index.ts';
import type { ImageFacts } from '../../../components/index.ts';
import { PRODUCTS, STOCK, canonicalImage, fileName, folderOf } from '../../../knowledge/index.ts';
import type { RuleFacts } from '../../facts.ts';
import { rule, type FindingDraft } from '../../rule.ts';
import { isAnybodys, isMicrosofts, posesAsMicrosoft, signatureWords } from '../../signatures.ts';
import { signatureOfImage } from '../../signature-of-image.ts';
import { fileRef } from '../../words.ts';

const INETSRV = '?:\\WINDOWS\\SYSTEM32\\INETSRV';
const GAC = /\\(?:WINDOWS\\ASSEMBLY\\GAC[^\\]*|MICROSOFT\.NET\\ASSEMBLY\\GAC_[^\\]*)\\/;
/** Files of inetsrv that Windows installs beside its modules (administration, FTP, metabase compatibility); their places are assumed, so they are only told apart from others. */
const OTHERS: ReadonlySet<string> = new Set(
  [
    'abocomp', 'admwprox', 'ahadmin', 'aspdemo', 'browscap', 'certobj', 'coadmin', 'ftpconfigext', 'ftpctrlps', 'ftpextps', 'ftpmib', 'ftpres', 'httpext', 'iisadmin', 'iiscertprovider', 'iiscfg', 'iisext', 'iisextps',
    'iismap', 'iisreg', 'iisrstap', 'iisrtl', 'iissyspr', 'infoadmn', 'inetmgr', 'isatq', 'iscomlog', 'lonsint', 'microsoft.web.administration', 'microsoft.web.management', 'nntpfs', 'rpcref', 'rscaext', 'svcext', 'uihelper',
    'w3ctrlps', 'w3isapi', 'w3logsvc', 'wamreg', 'wamregps', 'wbhstipm', 'wmsvc',
  ].map(foldCase),
);
/** DLLs of System32 that worker processes load by name alone: one of that name beside w3wp.exe is found first. */
const LOADED_BY_NAME: ReadonlySet<string> = new Set(
  [
    'bcrypt', 'cryptbase', 'cryptsp', 'cscapi', 'dbghelp', 'dhcpcsvc', 'dnsapi', 'fwpuclnt', 'httpapi', 'iphlpapi', 'ktmw32', 'logoncli', 'mlang', 'mscoree', 'msvcp140', 'mswsock', 'ncrypt', 'netapi32', 'netutils', 'ntmarta', 'powrprof',
    'profapi', 'propsys', 'rasadhlp', 'samcli', 'schannel', 'secur32', 'srvcli', 'sspicli', 'umpdc', 'urlmon', 'userenv', 'uxtheme', 'vcruntime140', 'version', 'webio', 'wevtapi', 'winhttp', 'wininet', 'winmm', 'winnsi', 'wintrust', 'wkscli',
    'wldp', 'wsock32', 'wtsapi32', 'xmllite',
  ].map(foldCase),
);

interface Unexplained { readonly image: ImageFacts; readonly signature: ComponentSignature | null; readonly store: Place | null; readonly shadows: string | null; readonly gac: string | null }

const stem = (image: ImageFacts): string => foldCase(fileName(image.place.path ?? image.place.evidencePath)).replace(/\.(?:DLL|EXE|OCX)$/, '');
const isProgram = (image: ImageFacts): boolean => /\.(?:dll|exe|ocx)$/i.test(image.place.path ?? '');

/** An assembly in the global assembly cache must have a strong name; one without cannot have come there by installing it. */
function unnamed(image: ImageFacts, canonical: string): string | null {
  const clr = image.pe?.clr ?? null;
  if (clr === null || !GAC.test(canonical) || (clr.strongName !== 'none' && clr.strongName !== 'delay-signed')) return null;
  return clr.strongName === 'none' ? 'it has no strong name, without which nothing can be installed there' : 'its strong name was never signed (delay-signed), which Windows does not accept without an exception';
}

function unexplained(image: ImageFacts, named: ReadonlySet<string>, facts: RuleFacts): Unexplained | null {
  const path = image.place.path;
  if (path === null || image.pe === null || image.file === null || named.has(image.place.evidencePath)) return null;
  const canonical = canonicalImage(path);
  const gac = unnamed(image, canonical);
  const inInetsrv = folderOf(canonical) === INETSRV && isProgram(image);
  if (gac === null && !inInetsrv) return null;
  if (STOCK.roleFile(path) || PRODUCTS.file(path) !== null) return null;
  const signature = signatureOfImage(image);
  if (signature !== null && isMicrosofts(signature)) return null;
  const store = facts.stored?.(fileName(path), image.file.size) ?? null;
  const elsewhere = (): boolean => !OTHERS.has(stem(image)) && facts.resolve?.(`%windir%\\System32\\${fileName(path)}`).status === 'present';
  const shadows = inInetsrv && (LOADED_BY_NAME.has(stem(image)) || elsewhere()) ? fileName(path) : null;
  return { image, signature, store, shadows, gac };
}

const company = (image: ImageFacts): string => image.pe?.versionInfo['CompanyName'] ?? '';

function severityFor({ image, signature, store, shadows, gac }: Unexplained, catalogs: number): Severity {
  if (store !== null) return 'info';
  if (shadows !== null || (signature !== null && posesAsMicrosoft(signature)) || gac !== null) return 'medium';
  if (OTHERS.has(stem(image)) || /^microsoft\.web\./i.test(stem(image))) return 'info';
  if (signature !== null && isAnybodys(signature)) return 'low';
  return signature?.status === 'unsigned' && catalogs === 0 && /microsoft/i.test(company(image)) ? 'info' : 'low';
}

function draft(one: Unexplained, { catalogs = { read: 0, unread: 0 } }: RuleFacts): FindingDraft {
  const { image, signature, store, shadows, gac } = one;
  const path = image.place.path ?? image.place.evidencePath;
  return {
    severity: severityFor(one, catalogs.read),
    title: shadows !== null ? `${path} has the name of a DLL of System32 and lies where worker processes look first` : gac !== null ? `${path} lies in the global assembly cache without a valid strong name` : `${path} lies among the files of IIS, and nothing explains it`,
    component: null,
    subject: image.place.evidencePath,
    supports: [
      ...(gac === null ? [] : [`${gac.charAt(0).toUpperCase()}${gac.slice(1)}.`]),
      ...(shadows === null ? [] : ['w3wp.exe lies in this folder, and Windows looks for DLLs beside the program before System32 (unless the DLL is a known one of the system).']),
      'No role of Windows and no known product installs a file of that name there, and no entry of the configuration names it.',
      signature === null ? 'Its signature was not checked.' : `${path}: ${signatureWords(signature)}.`,
      catalogs.read > 0 ? `${catalogs.read} catalogs were read, and none names it.` : 'The evidence holds no catalogs: whether one names it is not known.',
      company(image) === '' ? 'It names no company.' : `It names the company "${company(image).slice(0, 100)}", which anybody can write.`,
      store === null ? 'No file of this name and size was found in the component store (WinSxS) of the evidence.' : `The component store holds a file of this name and size: ${store.path ?? store.evidencePath} (contents not compared).`,
    ],
    refutes: ['A product or an update of Windows installed it: its package or the component store of the server holds a file of the same hash.', 'A catalog that was not collected names it.'],
    refs: fileRef(image.file),
    attack: shadows === null ? [] : ['T1574.001'],
    first: image.modified === null ? UNKNOWN_MOMENT : { time: image.modified, from: 'file-time', fidelity: 'mtime-only' },
  };
}

/** Files among those of Windows that Windows did not put there. */
export const unexplainedFile = rule(
  'unexplained-file',
  {
    title: 'File among those of IIS that nothing explains',
    condition: 'A program file in inetsrv that is no file of a role, of no known product, registered by nothing, named by no catalog and not signed by Microsoft; or an assembly in the global assembly cache without a valid strong name.',
    severityHow: 'medium with the name of a DLL of System32 (worker processes would load it), with a signature that imitates Microsoft\'s, and for assemblies without a strong name; low otherwise; info for names that Windows is assumed to install, files that name Microsoft where no catalogs were collected, and files of which the component store has one of the same name and size.',
    reference: 'ATT&CK T1574.001 (DLL Search Order Hijacking), T1036.005; Microsoft Learn, Dynamic-link library search order',
    version: 1,
    weight: 1,
    meaning: 'Only Windows and a few products of Microsoft put files into inetsrv and into the global assembly cache. A DLL there can be loaded without any entry: by its name alone, or by code that is registered.',
    rarity: 'rare for unsigned files on servers whose catalogs are complete',
    relevance: 'high: folders of Windows are trusted by people, scanners and the search order',
    falsePositives: ['Parts of IIS that the list of this program does not have; their catalogs were not collected.', 'Language packs and administration tools.'],
    supportedBy: ['The file is younger than the last update of Windows.', 'Its exports are those of a DLL of System32 of the same name, forwarded.'],
    refutedBy: ['A catalog of the server names the hash.', 'WinSxS holds the same content.'],
    attack: ['T1574.001', 'T1036.005'],
    d3fend: ['D3-SBV', 'D3-SWI'],
    references: ['MITRE ATT&CK T1574.001, DLL: https://attack.mitre.org/techniques/T1574/001/', 'Microsoft Learn, Dynamic-link library search order: https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order'],
  },
  (facts) => {
    // What is a component is told by the rules on components.
    const named = new Set(facts.components.flatMap((c) => [c.file, c.file32].flatMap((f) => (f === null ? [] : [f.evidencePath]))));
    return facts.images.all.flatMap((image) => {
      const one = unexplained(image, named, facts);
      return one === null ? [] : [draft(one, facts)];
    });
  },
);
