import type { RuleWords } from '../rule.ts';

export const CODE_LOADING_SETTING: RuleWords = {
  version: 1,
  weight: 1,
  title: 'Setting that loads code',
  condition: 'A pool, compression scheme, tracing rule, listener adapter, auto-start provider, log plug-in, rewrite or FTP provider, process of a hosting module, provider of IIS Manager, protection provider, type in a section of .NET, or permission that names or admits code, with a value that neither IIS nor a known product sets.',
  meaning: 'Beside the lists of modules, filters and handlers many settings of IIS and .NET name a file or a type that is loaded: a runtime loader, a profiler, a compression scheme, a tracing action, a provider. Such a value was set by somebody other than Windows or a product that is known.',
  severityHow: 'high for a foreign runtime loader or a compression DLL in a web.config; medium for other files, .NET profilers and application domain managers; low for types of the whole server, search paths and open permissions, medium where files of one folder can be written and run, info where they can only be run; info for types and files of an application in its own web.config (low for a type that calls itself part of .NET). Types and log plug-ins of the whole server that came within the history: medium.',
  rarity: 'Profilers of monitoring products and types of applications are common and known for the most part. A foreign runtime loader or a compression DLL in a web.config is hardly ever seen.',
  relevance: 'High for what runs in every request without being on any list of components; low for types of an application in its own file.',
  attack: ['T1574'],
  d3fend: ['D3-RC', 'D3-ACH', 'D3-SWI'],
  reference: 'ATT&CK T1574.012 (COR_PROFILER), T1574.014 (AppDomainManager); Microsoft Learn, applicationPools/add, httpCompression/scheme, traceFailedRequests',
  references: [
    'MITRE ATT&CK T1574.012, COR_PROFILER: https://attack.mitre.org/techniques/T1574/012/',
    'MITRE ATT&CK T1574.014, AppDomainManager: https://attack.mitre.org/techniques/T1574/014/',
    'Microsoft Learn, applicationPools: https://learn.microsoft.com/iis/configuration/system.applicationhost/applicationpools/',
  ],
  falsePositives: [
    'Monitoring (APM) and hosting products.',
    'Environment variables of an application.',
    'Permissions that an application needs by its documentation.',
  ],
  supportedBy: [
    'The setting came within the history of the configuration.',
    'The file it names has no signature, or lies in an open folder.',
  ],
  refutedBy: [
    'The documentation of an installed product names the setting.',
  ],
};

export const LOGGING_SWITCHED_OFF: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Logging is off, or says less',
  condition: 'httpLogging dontLog="true" or selectiveLogging="LogError"; logFile enabled="false", logTargetW3C without File, logFormat="Custom", logExtFileFlags without the main fields; configHistory enabled="false", in another folder or with hardly a copy; or such a setting (also failed request tracing switched off) that came or went within the configuration history.',
  meaning: 'Requests leave no row, or rows without the fields that matter, or changes of the configuration leave no copy. Where it holds, the absence of a trace proves nothing.',
  severityHow: 'medium for the server or a site, or when it came within the history; low for one path and for tracing; fields left out and a moved history: info, low when they came within the history.',
  rarity: 'Switched off for probes or single paths: now and then. For a whole site or the server, or switched within the history: rare.',
  relevance: 'Medium: it decides what the rest of the evidence can show, and hiding is what an intruder gains by it.',
  attack: ['T1562.002'],
  d3fend: ['D3-RC', 'D3-ACH'],
  reference: 'ATT&CK T1562.002; Microsoft Learn, httpLogging, logFile, configHistory, traceFailedRequestsLogging',
  references: [
    'MITRE ATT&CK T1562.002, Disable Windows Event Logging: https://attack.mitre.org/techniques/T1562/002/',
    'Microsoft Learn, httpLogging: https://learn.microsoft.com/iis/configuration/system.webserver/httplogging',
    'Microsoft Learn, Using Configuration History with IIS: https://learn.microsoft.com/iis/manage/managing-your-configuration-settings/using-configuration-history-with-iis-7',
  ],
  falsePositives: [
    'Health probes and static content that nobody needs to log.',
    'Logs that are written by a proxy in front, or shipped elsewhere.',
  ],
  supportedBy: [
    'It came with, or shortly before, an unknown component.',
    'HTTPERR or traces show requests that no row has.',
  ],
  refutedBy: [
    'A procedure of the company prescribes it.',
    'Another log has the same requests.',
  ],
};

export const SCHEMA_DIFFERS: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Schema of the configuration differs',
  condition: 'A file of inetsrv\\config\\schema says of a section of IIS or .NET something else than every known version (merge order, keys, duplicates, letter case, defaults, variables, values, names of directives), defines it again from a file that Windows does not ship, lacks it, or names a COM class that is not known.',
  meaning: 'The schema says how IIS reads its own configuration: which attributes exist, how lists merge, what counts as the same. A changed schema can make an entry count that no tool shows, or make one vanish.',
  severityHow: 'high for what decides which code runs, which entry wins or what is logged, and for a COM class; medium for a further file that takes part in such a section, for a lost section or attribute of them, and for merging elsewhere; low for other changes; info for additions. Sections of products are compared with what is known of them and not reported: they change with the version of the product.',
  rarity: 'Very rare. Windows owns these files, and the known versions cover all of them; products only add files of their own.',
  relevance: 'High where the change can decide which code runs; info for additions of products.',
  attack: ['T1562.001', 'T1505.004'],
  d3fend: ['D3-RF', 'D3-FH', 'D3-ACH'],
  reference: 'Microsoft Learn, "Deep Dive into IIS Configuration" (schema files are merged at start); the known schema and its sources: electron/knowledge/iis-schema',
  references: [
    'Microsoft Learn, IIS configuration schema: https://learn.microsoft.com/iis/get-started/planning-your-iis-architecture/deep-dive-into-iis-configuration-with-iis-7-and-iis-8',
  ],
  falsePositives: [
    'A build of Windows that is not among the known ones.',
    'A schema file of a product that is not known.',
  ],
  supportedBy: [
    'The hash is not that of the file in the component store.',
    'The file was written long after Windows was installed.',
  ],
  refutedBy: [
    'A clean installation of the same build has the same file.',
  ],
};
