import type { RuleWords } from '../rule.ts';

export const CASE_ONLY_CLONE: RuleWords = {
  version: 1,
  weight: 2,
  title: 'Name that differs from another only by case',
  condition: 'A module or filter whose name equals that of a stock or another registered one except for upper and lower case; IIS takes them as two.',
  meaning: 'Two entries have names that differ only in upper and lower case. IIS compares names of modules with case, people do not: the second passes for the first.',
  severityHow: 'high for native code, medium for managed code; nothing for components of the baseline.',
  rarity: 'Very rare: no installer writes such a pair.',
  relevance: 'High for native code: both are loaded, and the list looks as if an entry stood there twice by mistake.',
  attack: ['T1036.005'],
  d3fend: ['D3-SWI', 'D3-RC'],
  reference: 'Microsoft Learn, IIS schema (caseSensitive keys of globalModules, modules and isapiFilters); ATT&CK T1036.005',
  references: [
    'MITRE ATT&CK T1036.005, Match Legitimate Resource Name or Location: https://attack.mitre.org/techniques/T1036/005/',
    'Microsoft Learn, IIS Modules Overview: https://learn.microsoft.com/iis/get-started/introduction-to-iis/iis-modules-overview',
  ],
  falsePositives: [
    'An entry that was typed again by hand with other letters, leading to the same file.',
  ],
  supportedBy: [
    'The two lead to different files.',
    'The one that is not stock came later.',
  ],
  refutedBy: [
    'Both lead to the same file of Windows, and a change record names the edit.',
  ],
};

export const ENABLED_NOT_GLOBAL: RuleWords = {
  version: 1,
  weight: 1,
  title: 'Native module switched on but not loaded',
  condition: 'A <modules> entry without a type whose name is in no globalModules entry of the same server, in a configuration that was read whole.',
  meaning: 'A native module is switched on by name, and nothing loads a file under this name: one half of a registration is there. It is what is left when code was taken out again in a hurry, or never got in.',
  severityHow: 'medium when the history shows that its globalModules entry was removed, info for names of stock or known modules, else low.',
  rarity: 'Now and then: uninstalled roles leave entries, copied configurations bring them.',
  relevance: 'Low alone, since nothing runs. Medium when the history shows that the other half was removed: then it tells what ran.',
  attack: ['T1070'],
  d3fend: ['D3-RC', 'D3-SWI'],
  reference: 'Microsoft Learn, IIS Modules Overview (native modules need globalModules)',
  references: [
    'Microsoft Learn, IIS Modules Overview: https://learn.microsoft.com/iis/get-started/introduction-to-iis/iis-modules-overview',
    'MITRE ATT&CK T1070, Indicator Removal: https://attack.mitre.org/techniques/T1070/',
  ],
  falsePositives: [
    'A role or product that was uninstalled and left its line.',
    'A configuration copied from a server with more roles.',
  ],
  supportedBy: [
    'A copy of the configuration has the other half, with its file.',
    'A trace or an event names the module.',
  ],
  refutedBy: [
    'The name belongs to a product whose removal is on record.',
  ],
};

export const GLOBAL_NOT_ENABLED: RuleWords = {
  version: 1,
  weight: 1,
  title: 'Native module loaded but on no modules list',
  condition: 'An unknown globalModules entry without any <modules> entry of its name. Its RegisterModule runs in every worker process all the same, and global notifications reach it.',
  meaning: 'The file is loaded into every worker process and its RegisterModule runs there, although no list of modules names it. A module can ask for global notifications, which need no such entry, so it can see requests and still be missing where people look.',
  severityHow: 'medium; low, without points, where the code asks for events of requests alone, which reach it through a <modules> entry only; nothing for stock modules (nine of them have no <modules> entry) and known products.',
  rarity: 'Rare for unknown modules. Nine modules of Windows stand in globalModules alone, and are known.',
  relevance: 'Medium: it runs in every process, and the list that administrators read does not show it.',
  attack: ['T1505.004'],
  d3fend: ['D3-SWI', 'D3-SBV'],
  reference: 'Microsoft Learn, IIS Modules Overview; IHttpModuleRegistrationInfo::SetGlobalNotifications',
  references: [
    'Microsoft Learn, IIS Modules Overview: https://learn.microsoft.com/iis/get-started/introduction-to-iis/iis-modules-overview',
    'Microsoft Learn, IHttpModuleRegistrationInfo::SetGlobalNotifications: https://learn.microsoft.com/iis/web-development-reference/native-code-api-reference/ihttpmoduleregistrationinfo-setglobalnotifications-method',
  ],
  falsePositives: [
    'A module that was switched off and whose file is still loaded.',
    'A module that a web.config switches on which was not collected.',
    'Products that need a file in the process and handle no request.',
  ],
  supportedBy: [
    'The code of the file calls SetGlobalNotifications.',
    'The <modules> entry was removed within the history.',
  ],
  refutedBy: [
    'A web.config switches it on for the application that needs it.',
    'The vendor\'s documentation says that it is loaded only.',
  ],
};

export const LOOK_ALIKE_NAME: RuleWords = {
  version: 1,
  weight: 2,
  title: 'Name that imitates a stock name',
  condition: 'The name, file name or a folder of an unknown component differs from a stock one by one or two letters, by characters that look alike, or by something added. Names of known products and short names do not count.',
  meaning: 'Whoever reads the list is to take the entry for one of Windows: the name differs from a stock name by a letter or two, by characters that look alike, or by a plausible addition.',
  severityHow: 'Native: high outside Windows and Program Files, else medium; low for a file that nothing registers and whose place on the server is not known. Managed: medium for the whole server, low in one application. Among the files of IIS, a name that only begins like one of theirs: low.',
  rarity: 'Rare: products use names of their own. Short names, and names of known products, are left out because they would meet by chance.',
  relevance: 'High for native code outside the folders of installers: the name was chosen to be overlooked. Less for a managed type, whose names are often built from the same few words.',
  attack: ['T1036.005'],
  d3fend: ['D3-SFA', 'D3-FH', 'D3-SWI'],
  reference: 'ATT&CK T1036.005 (Match Legitimate Resource Name or Location)',
  references: [
    'MITRE ATT&CK T1036.005, Match Legitimate Resource Name or Location: https://attack.mitre.org/techniques/T1036/005/',
    'ESET Research 2021, Anatomy of native IIS malware',
  ],
  falsePositives: [
    'Products whose names are built from the words that Windows uses (cache, auth, log).',
    'A version number behind the name of a known product.',
  ],
  supportedBy: [
    'The file is not the one of the name that it resembles: other version information, no signature of Microsoft.',
    'Both names stand in the same list.',
  ],
  refutedBy: [
    'The documentation or the installer of a vendor uses the name.',
    'A valid signature of that vendor.',
  ],
};

export const MANAGED_RUNS_FOR_ALL: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Managed module that runs for every request',
  condition: 'An unknown managed module whose <modules> entry lacks the preCondition managedHandler, so that it sees static files and every other request too.',
  meaning: 'The entry of a managed module lacks the precondition managedHandler: it runs for static files and every other request of its applications too.',
  severityHow: 'info, always: over a third of legitimate managed modules omit it.',
  rarity: 'Common: more than a third of honest managed modules lack it.',
  relevance: 'None by itself; it says how far a module reaches that something else speaks against.',
  attack: ['T1505.004'],
  d3fend: ['D3-SWI'],
  reference: 'Microsoft Learn, IIS Modules Overview (managedHandler)',
  references: [
    'Microsoft Learn, IIS Modules Overview: https://learn.microsoft.com/iis/get-started/introduction-to-iis/iis-modules-overview',
  ],
  falsePositives: [
    'Most modules of security, redirection and monitoring products.',
  ],
  supportedBy: [
    'The module has no reason to see static files.',
  ],
  refutedBy: [
    'The product needs every request: it redirects, measures or protects.',
  ],
};

export const OUTSIDE_TRUSTED_FOLDER: RuleWords = {
  version: 1,
  weight: 2,
  title: 'Component outside Windows and Program Files',
  condition: 'The image of an unknown native module, filter, extension or program lies in none of the folders that installers use.',
  meaning: 'The image of a component lies where installers do not put code: below ProgramData, a temporary or a web folder, a user profile, on a share, or under a path that cannot be told. Whoever may write there can replace the code of the server.',
  severityHow: 'high in folders that ordinary accounts write to, on a share, or with a path that no installer writes; medium elsewhere; one step less for programs.',
  rarity: 'Rare for native code: products live below Program Files or in folders of Windows.',
  relevance: 'High where ordinary accounts can write, since no administrator was needed to put or to change the file; medium in other folders of the disk.',
  attack: ['T1574.001'],
  d3fend: ['D3-EAL', 'D3-SFA'],
  reference: 'ATT&CK T1505.004, T1574.001',
  references: [
    'MITRE ATT&CK T1505.004, IIS Components: https://attack.mitre.org/techniques/T1505/004/',
    'MITRE ATT&CK T1574.001, Hijack Execution Flow: DLL: https://attack.mitre.org/techniques/T1574/001/',
  ],
  falsePositives: [
    'Software that is copied instead of installed (in-house modules, PHP, old extensions).',
    'A disk that the company uses for all programs.',
  ],
  supportedBy: [
    'The account of the pool owns the file, or may write to its folder.',
    'The file was written shortly before the entry came.',
  ],
  refutedBy: [
    'The vendor\'s documentation names the folder.',
    'Access to the folder is narrowed to administrators.',
  ],
};

export const STOCK_NAME_OTHER_IMAGE: RuleWords = {
  version: 1,
  weight: 2,
  title: 'Stock name with other code, or stock code with another mapping',
  condition: 'An entry has the exact name of a stock or known module, filter or handler, but its image or type is not the one that belongs to the name. Or stock code that runs files (asp.dll, ASP.NET pages and handlers) is mapped to a file name that no stock entry maps to it.',
  meaning: 'An entry has exactly the name of a module, filter or handler of Windows or of a known product, and leads to other code; or stock code that runs files is put behind file names that no installer gives it. The name vouches for nothing: IIS loads what the image or type says.',
  severityHow: 'high for native modules and filters (medium for a product that allows another folder), medium for extensions and for managed types of the whole server, low for managed types of one application. Mappings: medium in a folder below an application, low for extensions of content elsewhere, else info.',
  rarity: 'Rare for native modules and filters. Applications do replace managed entries on purpose, and some products let their folder be chosen.',
  relevance: 'High for native modules: every request passes through other code under a trusted name. Medium where a folder of content gets a mapping that runs what is uploaded there.',
  attack: ['T1036.005'],
  d3fend: ['D3-SFA', 'D3-RC', 'D3-SWI'],
  reference: 'ATT&CK T1036.005 (Match Legitimate Resource Name or Location)',
  references: [
    'MITRE ATT&CK T1036.005, Match Legitimate Resource Name or Location: https://attack.mitre.org/techniques/T1036/005/',
    'Microsoft Learn, IIS Modules Overview: https://learn.microsoft.com/iis/get-started/introduction-to-iis/iis-modules-overview',
    'MITRE ATT&CK T1505.003, Web Shell: https://attack.mitre.org/techniques/T1505/003/',
  ],
  falsePositives: [
    'A known product installed into another folder.',
    'An application that removes a stock handler and adds its own under the same name.',
  ],
  supportedBy: [
    'The file of the stock module is still in its place, unused.',
    'The file that is used has no signature of the owner of the name.',
  ],
  refutedBy: [
    'The file that is used is the vendor\'s: version information, signature and hash fit.',
    'The deployment package of the application has the same entry.',
  ],
};

export const UNKNOWN_COMPONENT: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Component that is neither stock nor a known product',
  condition: 'A registered module, filter, extension, handler or CGI program whose name with image (or type) is not in the baseline of IIS and of no known product.',
  meaning: 'Code that IIS loads or runs is named by the configuration, and neither Windows nor a product that this program knows writes such an entry. Its own code decides what it does with requests; that nobody knows it says only that somebody has to find out who brought it.',
  severityHow: 'Native modules and filters: medium; high when folder, names or history speak against them (together 2 points). Extensions, which see the requests that are mapped to them alone: low below Windows and Program Files, medium with 1 point, high with 2. Filters that are switched off (enabled="false") and run nowhere: info, low with 1 point, medium with 2. Managed types: info in an application of their own; low, medium or high with 1, 2 or 4 points. Other programs: low or medium; shells and other programs of Windows that run whatever they are given: high, medium where only permitted. What other rules say of the component adds its points, and it is at least as severe as each of those that weigh anything; they then stand a step below.',
  rarity: 'Native modules, filters and extensions of unknown origin are rare: most servers have none, some have one or two of a monitoring or security product. Managed modules and handlers of an application are everyday.',
  relevance: 'High for native code: it sees every request of its worker processes, also what HTTPS hides on the wire, with the rights of the pool. Low for a managed type of one application until something else speaks against it.',
  attack: ['T1505.004'],
  d3fend: ['D3-SWI', 'D3-EAL', 'D3-SBV'],
  reference: 'ATT&CK T1505.004; Microsoft Learn, IIS Modules Overview',
  references: [
    'MITRE ATT&CK T1505.004, IIS Components: https://attack.mitre.org/techniques/T1505/004/',
    'Microsoft Learn, IIS Modules Overview: https://learn.microsoft.com/iis/get-started/introduction-to-iis/iis-modules-overview',
  ],
  falsePositives: [
    'A product of a small vendor or of the company itself.',
    'A known product in a version, or in a folder, that this program does not know.',
    'Managed modules and handlers that belong to the application which names them.',
  ],
  supportedBy: [
    'The file lies where ordinary accounts write, or under a name that imitates one of Windows.',
    'It came within the history of the configuration, near requests that fit.',
    'Its file has no signature, or one that anybody can make.',
    'Nobody who runs the server knows it.',
  ],
  refutedBy: [
    'A ticket, an installer log or a package names the file.',
    'A valid signature of a vendor whose product is installed.',
    'The same entry and the same hash on a server that is known to be clean.',
  ],
};
