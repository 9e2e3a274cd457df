import type { RuleWords } from '../rule.ts';

export const ANSWERED_WITHOUT_FILE: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Answered although nothing would',
  condition: 'Log rows with status 2xx for a path that, by the configuration in force, only the handler of static files (or one that needs a file) would answer, where the site\'s content was collected and no such file or folder is in it; or POST, PUT, DELETE, PATCH on static files and folders. Paths that a handler with a wildcard, a rewrite rule, a proxy, a route, an error page that is executed, or another virtual directory would explain do not count.',
  meaning: 'The log says that a path was answered, and by the configuration nothing would have answered it: no file lies there, or the file takes no such verb. A module can answer before any handler is asked, and its row looks like any other.',
  severityHow: 'medium where such a path was written to more than once although no handler but that of static files fits it, or once where an unknown module sees all of the requests; low for other writing, and for paths answered within the last day of the logs; info for what was read before that: files are taken away. One finding for each site and kind.',
  rarity: 'Files that were deleted since are common. POST requests that a static file answered with 200 are rare.',
  relevance: 'Medium where something was written to such a path more than once, or an unknown module sees all of these requests.',
  attack: ['T1505.004', 'T1071.001'],
  d3fend: ['D3-WSAA', 'D3-SWI'],
  reference: 'Microsoft Learn, handlers (resourceType), httpErrors; ATT&CK T1505.004 detection',
  references: [
    'Microsoft Learn, handlers: https://learn.microsoft.com/iis/configuration/system.webserver/handlers/',
    'ESET Research 2021, Anatomy of native IIS malware',
  ],
  falsePositives: [
    'Content that was moved or deleted since.',
    'Proxies, caches, rewrite rules and routes that this program cannot see through.',
  ],
  supportedBy: [
    'One address alone asked for it, with POST.',
    'The same path is answered with 404 before the component came.',
  ],
  refutedBy: [
    'A backup has the file.',
    'A product that is installed answers the path by its documentation.',
  ],
};

export const ANSWERS_DIFFER_FOR_CRAWLERS: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Other answers for crawlers or for visitors from search engines',
  condition: 'Of one path, or of one first folder, crawlers get content (nine in ten rows, at least three) and browsers are sent elsewhere or find nothing (nine in ten, at least three); or browsers with a referer of a search engine are sent elsewhere while others get content; or the sc-bytes of at least ten rows each have no value in common. Counted over GET and HEAD, on days on which both came. Needs the agent (and the referer) in the logs.',
  meaning: 'Search engines get pages that visitors do not get, or visitors who come from them are sent elsewhere. It is what modules do that sell a server\'s standing in search results.',
  severityHow: 'low for another status on at least two days; info for another size, for one day, and where every visitor is sent elsewhere (301 to 308), as sign-in pages do.',
  rarity: 'Sign-in pages, robot checks and prerendering look alike; another status on several days, with "not found" for browsers, is less common.',
  relevance: 'Low alone: the answers have to be looked at. It fits the families that cheat search engines.',
  attack: ['T1608.006'],
  d3fend: ['D3-WSAA'],
  reference: 'ATT&CK T1608.006; ESET 2021 (groups 9 to 14); public reports on BadIIS and TOLLBOOTH',
  references: [
    'MITRE ATT&CK T1608.006, SEO Poisoning: https://attack.mitre.org/techniques/T1608/006/',
    'ESET Research 2021, Anatomy of native IIS malware',
  ],
  falsePositives: [
    'Protection against robots, consent pages, redirects by language.',
    'Rendering services for crawlers.',
    'Scanners that call themselves crawlers.',
  ],
  supportedBy: [
    'The paths belong to no application of the server.',
    'An unknown native module sees these requests.',
  ],
  refutedBy: [
    'The addresses are none of the search engine, by reverse lookup.',
    'The application has a rule for crawlers.',
  ],
};

export const KNOWN_TRIGGER_IN_LOG: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Texts that known back doors wait for',
  condition: 'Rows whose path, query, user name, cookie or custom field has a text of the list electron/knowledge/log-traits.json. Cookies and headers only where the log has them.',
  meaning: 'A log row has a text with which a published back door is spoken to. Scanners send such texts to everybody; an answer to one is more than a question.',
  severityHow: 'low when answered (below 400, but not 301 or 308); medium when such an answer to an exact text lies within a day after an odd component came; info when no row was answered, and for texts that ordinary sites use too, which count where they meet others. Never the name of a family from one text.',
  rarity: 'Requests with such texts are common on the internet, answers below 400 to exact ones are not.',
  relevance: 'Medium when an exact text was answered within a day after an odd component came; low otherwise. No family is named by one text.',
  attack: ['T1071.001'],
  d3fend: ['D3-WSAA'],
  reference: 'the source that each entry of the list names',
  references: [
    'The source that each text of the list names (electron/knowledge/log-traits.json).',
    'ESET Research 2021, Anatomy of native IIS malware',
  ],
  falsePositives: [
    'Scanners and researchers.',
    'Sites that answer every path with a page.',
  ],
  supportedBy: [
    'The answer has another size than for other queries of the path.',
    'The component has the same text among its strings.',
  ],
  refutedBy: [
    'Every query of that path is answered alike.',
  ],
};

export const LOG_FACTS_MEET: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Several facts of the logs meet on one client or path',
  condition: 'The same address, or the same path of a site, is named by findings of at least two of the rules row-outside-cluster, answers-differ-for-crawlers, known-trigger-in-log, server-error-then-success and single-client-path: two of them at low or above, or one such and two more. The root of a site, and addresses that bring nearly all rows of one (balancers), are no meeting place.',
  meaning: 'Several facts of the logs, each weak, name the same client or the same path, and none of them follows from another.',
  severityHow: 'medium; low on a client of whose rows at least fifty and half were refused (400 or more), as those of a scanner.',
  rarity: 'Rare where the client is no scanner: each fact alone is common, together on one address they are not.',
  relevance: 'Medium: it says which address and which rows to look at first.',
  attack: ['T1071.001'],
  d3fend: ['D3-WSAA'],
  reference: 'ATT&CK T1505.004 detection',
  references: [
    'MITRE ATT&CK T1505.004, IIS Components: https://attack.mitre.org/techniques/T1505/004/',
  ],
  falsePositives: [
    'A test by the owner of the server.',
    'A scanner, which is said where its rows show it.',
  ],
  supportedBy: [
    'The rows lie near the arrival of an unknown component.',
    'A component sees these requests and is unknown.',
  ],
  refutedBy: [
    'One ordinary cause explains all of them: a partner, a test, a release.',
  ],
};

export const LOG_GAP: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Hours without a row where there are always some',
  condition: 'The rows of one site stop for at least two whole hours, at least three of which (of the first 72) have rows on nine in ten of the fourteen days before and behind. What other sites, HTTPERR and the names of the files say about the time is told. Idle nights and weekends do not count.',
  meaning: 'A site that always has visitors at these hours has no row. Logs may have been deleted, rows taken out, or the site was not running.',
  severityHow: 'info; low when other sites or HTTPERR went on (rows in a quarter of the hours), and either a daily log of that time is absent, or the gap lies within one file, has at least six usual hours, and no header lines stand in it (no restart).',
  rarity: 'Restarts and quiet days are common, and are left out where the other days are quiet too. A gap inside one file without a restart is rare.',
  relevance: 'Low: it says where evidence is missing. What other logs have of the time decides.',
  attack: ['T1070', 'T1562.002'],
  d3fend: ['D3-WSAA'],
  reference: 'ATT&CK T1070, T1562.002',
  references: [
    'MITRE ATT&CK T1070, Indicator Removal: https://attack.mitre.org/techniques/T1070/',
    'Microsoft Learn, W3C Logging: https://learn.microsoft.com/windows/win32/http/w3c-logging',
  ],
  falsePositives: [
    'Maintenance, a switch to another server, a change of the folder of the logs.',
    'A collection that left files out.',
  ],
  supportedBy: [
    'HTTPERR, traces or a proxy have requests of that time.',
    'The gap lies around the arrival of a component.',
  ],
  refutedBy: [
    'The System log shows that the server was down.',
  ],
};

export const REQUESTS_NEAR_ARRIVAL: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Requests near the arrival of a component',
  condition: 'Unknown components that another rule finds odd came at one dated moment (by a file time, or between two copies of the configuration at most 3 days apart), and the logs have POST requests in the 30 minutes before it, or paths whose first answer (a status below 400) lies between the copy before and 24 hours after it (where the logs reach back a day further). Static files that nothing else speaks for do not count.',
  meaning: 'Just before an unknown component came, or just after it, the logs have requests that fit: POST requests that can have brought it, paths that were answered for the first time since. Nearness in time is no proof of cause.',
  severityHow: 'medium for both together, low for one of them; one finding for each moment.',
  rarity: 'On a busy site some request lies near every moment; first answers and POST requests together are less common.',
  relevance: 'Medium: it names the addresses and paths with which to go on.',
  attack: ['T1190'],
  d3fend: ['D3-WSAA'],
  reference: 'ATT&CK T1505.004 detection (correlate configuration changes with requests)',
  references: [
    'MITRE ATT&CK T1505.004, IIS Components: https://attack.mitre.org/techniques/T1505/004/',
    'MITRE ATT&CK T1190, Exploit Public-Facing Application: https://attack.mitre.org/techniques/T1190/',
  ],
  falsePositives: [
    'A release on the same day.',
    'Ordinary use of forms.',
    'A file time that was set later.',
  ],
  supportedBy: [
    'One address did both, and nobody else asked for these paths.',
    'The POST requests went to a page that has no form.',
  ],
  refutedBy: [
    'The same paths and clients are there on other days.',
  ],
};

export const ROW_OUTSIDE_CLUSTER: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Rows whose size leaves the cluster of their path',
  condition: 'At least 50 rows of one site, path, method and status within a week have their sc-bytes in at most two narrow clusters (98 of 100 rows), and others, from at most three addresses, lie a factor of two away from every cluster, between others in time; or GET and HEAD rows without a user name have cs-bytes above 16384, and fewer than one in a thousand such rows do. Paths with dynamic sizes, broken off requests, partial answers and switched protocols do not count. Logs without these columns: not evaluable.',
  meaning: 'HTTP.sys writes the sizes and the time of a row itself, below every module. A row that claims an ordinary request with the size of another one may have been rewritten, or the request carried what ordinary ones do not.',
  severityHow: 'low where cs-bytes show a body in a GET that was answered and nobody was named (above 16384, or above 8192 without an agent); info for another sc-bytes alone, and where every such row was refused.',
  rarity: 'Pages that differ by visitor are common, so only narrow clusters count. A GET with a body of many kilobytes is rare.',
  relevance: 'Low alone: it is a hint at rows to look at. It counts where it meets other facts on one client.',
  attack: ['T1071.001'],
  d3fend: ['D3-WSAA'],
  reference: 'Microsoft Learn, W3C Logging (fields that the HTTP Server API generates), Http.sys registry settings; ESET 2021, IISpy (rows are rewritten to GET /)',
  references: [
    'Microsoft Learn, W3C Logging: https://learn.microsoft.com/windows/win32/http/w3c-logging',
    'Microsoft Learn, Http.sys registry settings: https://learn.microsoft.com/troubleshoot/developer/webapps/iis/iisadmin-service-inetinfo/httpsys-registry-windows',
    'ESET Research 2021, Anatomy of native IIS malware',
  ],
  falsePositives: [
    'Pages for users who are signed in, other languages, uncompressed answers.',
    'Interfaces that send a body with GET.',
  ],
  supportedBy: [
    'The client is the one that other findings name.',
    'The same rows take much longer than others of the path.',
  ],
  refutedBy: [
    'The page has such variants, and other visitors got them too.',
  ],
};

export const SERVER_ERROR_THEN_SUCCESS: RuleWords = {
  version: 1,
  weight: 1,
  title: 'Code or configuration that failed to load, and then answers',
  condition: 'Rows with 500.19, 500.21, 500 with Win32 126, 127 or 193, 404.2, or 500 with a ViewState in the query; runs of one site within an hour are one finding, with the first answer below 400 of the same path within the hour after it. Bursts of 503 (ten in ten minutes) near the arrival of an odd component.',
  meaning: 'IIS says in its status what failed: a configuration that cannot be read, a module that does not load, a DLL for the other bitness. Whoever installs by hand often fails first; when answers follow, it worked.',
  severityHow: 'info alone; low within two hours of the arrival of an odd component, medium when a path that one address alone asked for in vain answered afterwards (a release fails for all who come).',
  rarity: 'Releases and broken applications fail the same way, for everybody. A failure that one address alone sees and that ends in answers is less common.',
  relevance: 'Medium near the arrival of an odd component when one client alone failed and then was answered; info elsewhere.',
  attack: ['T1505.004'],
  d3fend: ['D3-WSAA', 'D3-RC'],
  reference: 'Microsoft Learn, HTTP status codes in IIS; ATT&CK T1505.004 detection',
  references: [
    'Microsoft Learn, HTTP status code in IIS: https://learn.microsoft.com/troubleshoot/developer/webapps/iis/www-administration-management/http-status-code',
  ],
  falsePositives: [
    'A release, an update, a repair.',
    'Applications that are broken for weeks.',
    'Scanners that ask for extensions which are not permitted.',
  ],
  supportedBy: [
    'Events 2280, 2282 or 2214 of the same minutes name the file.',
    'The configuration changed in between.',
  ],
  refutedBy: [
    'The change is on record as maintenance.',
  ],
};

export const SINGLE_CLIENT_PATH: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Paths that one address alone uses',
  condition: 'Every row of a path, in all logs of the server, is from one address, and at least three POST requests were answered with 2xx. The twenty with most POST requests. Where nearly all rows of a site come from at most four addresses and X-Forwarded-For is logged, the left-most address of it counts (the client can write it itself); without it these addresses are left out.',
  meaning: 'One address alone ever used a path, with POST requests that were answered. A back door has one visitor; so has an interface between two companies.',
  severityHow: 'info: interfaces of partners look the same. It counts where it meets other facts on the same client or path.',
  rarity: 'Common: partners, devices, administrators.',
  relevance: 'Info: it counts where it meets other facts about the same client or path.',
  attack: ['T1505.003'],
  d3fend: ['D3-WSAA'],
  reference: 'ATT&CK T1505.003 detection',
  references: [
    'MITRE ATT&CK T1505.003, Web Shell: https://attack.mitre.org/techniques/T1505/003/',
  ],
  falsePositives: [
    'Interfaces of partners, devices and jobs.',
    'All visitors come through one proxy.',
  ],
  supportedBy: [
    'No page links to the path, and no file of the application has its name.',
    'The address appears nowhere else, or only near other findings.',
  ],
  refutedBy: [
    'The owner of the address is known and uses the interface.',
  ],
};

export const TRACED_MODULE_NOT_CONFIGURED: RuleWords = {
  version: 1,
  weight: 0,
  title: 'A trace names a module that is not configured',
  condition: 'A trace of a request (failed-request tracing, NOTIFY_MODULE_START) names a module that no globalModules, modules or httpModules list of the configuration in force has, at whatever level.',
  meaning: 'A trace of a request was written by the worker process itself, and names every module that it called. One of them stands in no configuration of the evidence: it was there when the request was answered.',
  severityHow: 'high where no copy of the configuration has it either; medium where one does (it was removed since); low for names of stock modules, and for those that ASP.NET gives to modules which code registers.',
  rarity: 'Very rare: traces and configuration are of one server and agree.',
  relevance: 'High: this is a record of what ran, not of what was configured, and editing the configuration does not change it.',
  attack: ['T1505.004'],
  d3fend: ['D3-SWI', 'D3-PLA'],
  reference: 'Microsoft Learn, traceFailedRequests; ATT&CK T1505.004, T1070',
  references: [
    'Microsoft Learn, Trace Failed Requests: https://learn.microsoft.com/iis/configuration/system.webserver/tracing/tracefailedrequests/',
  ],
  falsePositives: [
    'A module that was removed in the ordinary way since.',
    'Modules that code registers at start.',
    'Traces copied from another server.',
  ],
  supportedBy: [
    'A copy of the configuration has the module with its file.',
    'The file is found on the disk or in a shadow copy.',
  ],
  refutedBy: [
    'The removal of the product is on record after the last such trace.',
  ],
};
