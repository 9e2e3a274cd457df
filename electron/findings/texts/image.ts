import type { RuleWords } from '../rule.ts';

export const IMAGE_ABSENT: RuleWords = {
  version: 1,
  weight: 1,
  title: 'Registered file that is not in the evidence',
  condition: 'A registration names a file: its folder was collected without it, or it was not collected at all.',
  meaning: 'The configuration names a file whose folder was collected without it. Either it was deleted after it did its work, or the entry is left of something that was uninstalled. What was never collected at all is counted in one note, since nothing can be said of it.',
  severityHow: 'medium for an unknown native or managed module, filter or extension missing from its collected folder, low for handlers and programs; everything else is counted in one info finding.',
  rarity: 'Entries that outlive their product are found on old servers. On others they are rare.',
  relevance: 'Medium: code ran here that cannot be examined any more. The $MFT, the USN journal and backups may still have it.',
  attack: ['T1070'],
  d3fend: ['D3-RF', 'D3-SFA'],
  reference: 'ATT&CK T1070 (Indicator Removal)',
  references: [
    'MITRE ATT&CK T1070, Indicator Removal: https://attack.mitre.org/techniques/T1070/',
    'MITRE ATT&CK T1070.004, File Deletion: https://attack.mitre.org/techniques/T1070/004/',
  ],
  falsePositives: [
    'A product that was uninstalled.',
    'A collection that leaves out files which are in use.',
    'Managed types of the global assembly cache, or compiled at run time.',
  ],
  supportedBy: [
    'Events 2280 or 2282 show that it was once loaded without an error.',
    'The journal of the file system shows when it was deleted.',
  ],
  refutedBy: [
    'The product\'s removal is on record.',
    'The file is found in a backup, and is the vendor\'s.',
  ],
};

export const PRE_START_LIST: RuleWords = {
  version: 1,
  weight: 1,
  title: 'Assembly that ran code at application start',
  condition: 'A line of preStartInitList.web names an assembly that is neither of ASP.NET nor a package known for start code; or any whose file is no longer where the application would load it from.',
  meaning: 'ASP.NET notes the assemblies whose start code it called, in a file of its compiled pages. An assembly on that list that is unknown, or whose file is gone, ran code before the first request without a single entry in any configuration.',
  severityHow: 'medium when the file of an unknown assembly is gone from its collected folders, or has no start code although it is listed; low when the file holds HTTP modules, which start code can register without configuration; else info.',
  rarity: 'Start code of unknown packages is common. A listed assembly whose file is gone while the application stayed is rare.',
  relevance: 'Medium for a file that is gone or that has no start code any more: what ran was something else than what lies there.',
  attack: ['T1505.004'],
  d3fend: ['D3-SWI', 'D3-RF', 'D3-SFA'],
  reference: 'Microsoft Learn, PreApplicationStartMethodAttribute; reference source of System.Web, BuildManager',
  references: [
    'Microsoft Learn, PreApplicationStartMethodAttribute: https://learn.microsoft.com/dotnet/api/system.web.preapplicationstartmethodattribute',
    'Microsoft reference source, System.Web, BuildManager',
  ],
  falsePositives: [
    'Packages of the application (dependency injection, monitoring, view engines).',
    'A release that took the assembly out and has not been started since.',
  ],
  supportedBy: [
    'A copy below Temporary ASP.NET Files still has the assembly.',
    'Types in it implement IHttpModule.',
  ],
  refutedBy: [
    'The assembly is in the deployment package or its repository.',
  ],
};

export const SIGNATURE_TAMPERED: RuleWords = {
  version: 1,
  weight: 2,
  title: 'File that was changed after it was signed',
  condition: 'A file of a component carries an Authenticode signature whose digest is not that of the file, or that was not made with the key of its certificate; or the table of its signatures cannot be read.',
  meaning: 'The file carries a signature that was made for other content: bytes that the signature covers were changed afterwards, or the signature was copied from another file.',
  severityHow: 'high where digest or signature do not fit; medium where the signature is damaged.',
  rarity: 'Very rare. Damage while collecting, and a few installers that write into their own files, are the exceptions.',
  relevance: 'High: somebody wanted the file to look signed, or changed the code of a vendor.',
  attack: ['T1553.002', 'T1554'],
  d3fend: ['D3-SBV', 'D3-FH'],
  reference: 'ATT&CK T1553.002, T1554; Microsoft, Windows Authenticode Portable Executable Signature Format',
  references: [
    'Microsoft, Windows Authenticode Portable Executable Signature Format (2008)',
    'Microsoft Learn, PE Format, attribute certificate table: https://learn.microsoft.com/windows/win32/debug/pe-format',
    'MITRE ATT&CK T1553.002, Code Signing: https://attack.mitre.org/techniques/T1553/002/',
  ],
  falsePositives: [
    'A file that was damaged when it was collected.',
    'Installers that patch their own files.',
  ],
  supportedBy: [
    'The vendor\'s original of the same version has other code.',
    'A section was added that the original lacks.',
  ],
  refutedBy: [
    'A fresh installation has a file with the same hash.',
    'The file on the server has another hash than the one in the evidence.',
  ],
};

export const STOCK_IMAGE_NOT_MICROSOFT: RuleWords = {
  version: 1,
  weight: 2,
  title: 'File of Windows that Microsoft did not sign',
  condition: 'The file behind a stock native module, filter or extension, at its own place, has no signature and no catalog of the evidence names it, or it is not signed as Microsoft\'s own. Nothing is said of a file without signature when the evidence holds no catalogs.',
  meaning: 'At the place and under the name of a file of Windows lies one that Microsoft did not sign, neither inside nor through a catalog. The registration looks perfect; the code is not what it says.',
  severityHow: 'Signed by somebody else: high, medium without catalogs. Without signature: high when catalogs name at least half of the other stock files that have none of their own; medium when they name fewer; info when they name none, since the catalogs are then a part of those of the server.',
  rarity: 'Very rare once the catalogs of the server are at hand: every file of IIS is named by one.',
  relevance: 'High: every request runs through it, and no list shows anything unusual.',
  attack: ['T1554'],
  d3fend: ['D3-SBV', 'D3-SFA', 'D3-RF'],
  reference: 'ATT&CK T1554 (Compromise Host Software Binary); Microsoft Learn, Catalog Files and Digital Signatures',
  references: [
    'MITRE ATT&CK T1554, Compromise Host Software Binary: https://attack.mitre.org/techniques/T1554/',
    'Microsoft Learn, Catalog Files and Digital Signatures: https://learn.microsoft.com/windows-hardware/drivers/install/catalog-files',
  ],
  falsePositives: [
    'The catalog of the update that brought the file was not collected.',
    'A file that was damaged while it was copied.',
  ],
  supportedBy: [
    'The component store (WinSxS) holds another file for the same version.',
    'Version information, compile time or imports differ from those of the real file.',
  ],
  refutedBy: [
    'A server of the same build has the same hash, and a catalog names it.',
  ],
};

export const UNREGISTERED_COMPONENT: RuleWords = {
  version: 1,
  weight: 0,
  title: 'File with IIS entry points that nothing registers',
  condition: 'A PE file (or a type of one) that exports RegisterModule, a filter or an extension, or that holds a type implementing IHttpModule or IHttpHandler, named by no entry of the configuration.',
  meaning: 'The exports or types of a file are those of an IIS component, and no entry of the configuration names it. It may wait to be registered, have been registered before, or be loaded by code.',
  severityHow: 'info for files of roles and products at their own place, for managed types, and where the evidence has no applicationHost.config; medium for other native files; high when such a file lies in an open folder under a name that imitates a stock file.',
  rarity: 'Common for managed types in bin folders and for roles of Windows that are installed and not in use; rare for native files elsewhere.',
  relevance: 'Medium for native code that no role or product brings: nobody copies a module to a server to leave it there. Info for the rest.',
  attack: ['T1505.004'],
  d3fend: ['D3-SFA', 'D3-FH', 'D3-SWI'],
  reference: 'ATT&CK T1505.004; Microsoft Learn, RegisterModule function',
  references: [
    'MITRE ATT&CK T1505.004, IIS Components: https://attack.mitre.org/techniques/T1505/004/',
    'Microsoft Learn, RegisterModule function: https://learn.microsoft.com/iis/web-development-reference/native-code-api-reference/pfn-registermodule-function',
  ],
  falsePositives: [
    'Files of roles that are not switched on.',
    'Libraries with types that an application uses from its own code.',
    'A build folder of developers.',
  ],
  supportedBy: [
    'A copy of the configuration, an event or a trace names it.',
    'It lies in an open folder under the name of a file of Windows.',
  ],
  refutedBy: [
    'A valid signature of Microsoft, or of a vendor whose product is installed.',
    'It belongs to a package that the application ships.',
  ],
};

export const UNTRUSTED_SIGNER: RuleWords = {
  version: 1,
  weight: 1,
  title: 'Signature of a signer whom nothing vouches for',
  condition: 'The signature of a component\'s file (its own or that of a catalog) fits the content, but its chain leads to none of the certificates that this program knows or does not count, or the certificate was not issued for signing code.',
  meaning: 'The signature fits the content, and nothing shows who made it: the chain ends at a certificate that this program does not know, or one that was not issued for code. Anybody can make such a signature in a minute.',
  severityHow: 'high when the signer\'s name sounds like Microsoft\'s; medium for a certificate that was not issued for code; low for native code, info for managed code and known products: own certification authorities are common.',
  rarity: 'Own certification authorities are common in companies; a name that sounds like Microsoft under an unknown root is not.',
  relevance: 'High where the name pretends to be Microsoft; low for other native code, where it neither helps nor accuses.',
  attack: ['T1553.002', 'T1036.001'],
  d3fend: ['D3-SBV', 'D3-EAL'],
  reference: 'ATT&CK T1553.002 (Code Signing), T1036.001 (Invalid Code Signature)',
  references: [
    'MITRE ATT&CK T1036.001, Invalid Code Signature: https://attack.mitre.org/techniques/T1036/001/',
    'Microsoft, Windows Authenticode Portable Executable Signature Format (2008)',
  ],
  falsePositives: [
    'The certification authority of the company.',
    'A public authority that this program does not know.',
  ],
  supportedBy: [
    'The certificate was made days before the file came.',
    'Other components of the case bear the same certificate.',
  ],
  refutedBy: [
    'The root, given with --roots, makes the signature hold, and the company confirms it.',
  ],
};
