import type { RuleWords } from '../rule.ts';

export const ACTIVE_NOT_CONFIGURED: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Loaded by a running pool, no longer configured',
  condition: 'The copy of the configuration that a pool was started with (inetpub\\temp\\appPools) has an entry for code that applicationHost.config no longer has.',
  meaning: 'IIS writes what a pool is to run with into inetpub\\temp\\appPools when the pool is started. That copy has code which the configuration no longer has: it may still be in memory although the file looks clean.',
  severityHow: 'high for unknown native code, medium for unknown managed code, info for stock and known components.',
  rarity: 'Rare: a change of the configuration recycles most pools, which writes the copy anew.',
  relevance: 'High for unknown native code: it was loaded, and its entry was taken out while it ran.',
  attack: ['T1070'],
  d3fend: ['D3-SWI', 'D3-PLA', 'D3-RC'],
  reference: 'Microsoft Learn, Ensure Security Isolation for Web Sites (pool configuration files)',
  references: [
    'Microsoft Learn, Ensure Security Isolation for Web Sites: https://learn.microsoft.com/iis/manage/configuring-security/ensure-security-isolation-for-web-sites',
    'MITRE ATT&CK T1070, Indicator Removal: https://attack.mitre.org/techniques/T1070/',
  ],
  falsePositives: [
    'A pool that was not started since a product was removed.',
    'Copies that are left of pools which are gone.',
  ],
  supportedBy: [
    'The worker process of the pool has the file loaded (memory image, list of modules).',
    'No change record names the removal.',
  ],
  refutedBy: [
    'The removal is on record, and the pool was started before it.',
  ],
};

export const APPEARED_IN_HISTORY: RuleWords = {
  version: 1,
  weight: 1,
  title: 'Component that came or changed within the configuration history',
  condition: 'A later copy of the configuration has the entry of an unknown component and the copy before has not, or has it with other attributes. Whether the component came, or only an entry of it, is said.',
  meaning: 'Two copies of the configuration bracket the moment: the earlier lacks the entry, or has it otherwise, the later has it. It dates what happened; it does not say who did it.',
  severityHow: 'medium for native code and programs, low for managed types; nothing for components of the baseline and of known products.',
  rarity: 'Every installation of a product does the same once, and then the copies are quiet.',
  relevance: 'Medium for native code: a dated change is what logs, events and people can be asked about.',
  attack: ['T1505.004'],
  d3fend: ['D3-RC', 'D3-SWI'],
  reference: 'Microsoft Learn, Using Configuration History with IIS 7',
  references: [
    'Microsoft Learn, Using Configuration History with IIS: https://learn.microsoft.com/iis/manage/managing-your-configuration-settings/using-configuration-history-with-iis-7',
  ],
  falsePositives: [
    'An installation or an update on record.',
    'A copy of another server in the folder of the history.',
  ],
  supportedBy: [
    'The file of the component was written in the same minutes.',
    'Requests that fit lie just before it.',
  ],
  refutedBy: [
    'A change record, an installer log or a ticket of that time names the component.',
  ],
};

export const REMOVED_AGAIN: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Component that was removed from the configuration',
  condition: 'An earlier copy of a configuration file (applicationHost.config or web.config; history, backup, volume shadow copy, Windows.old, or what a pool was started with) has an entry that is neither stock nor of a known product, and the file in force has not, or names other code there again. Likewise a foreign runtime loader, CLR configuration file, profiler variable or compression DLL, and a restriction that was opened.',
  meaning: 'An entry for code, or a setting that loads code, stands in an earlier copy of the configuration, in what a pool was started with, in a shadow copy or in the web.config of an older state, and not in the file in force. What was removed can still tell what ran, and when.',
  severityHow: 'Native code that came and went within the copies: medium, high outside Windows and Program Files. Entries that only went, and managed types: low. Settings that came and went: high for a runtime loader, else medium.',
  rarity: 'Products come and go seldom, and over months. An unknown native module that came and went between two copies is rare.',
  relevance: 'High for native code outside the folders of installers that came and went: somebody cleaned up. Low where an entry only went.',
  attack: ['T1070'],
  d3fend: ['D3-RC', 'D3-RF', 'D3-SWI'],
  reference: 'ATT&CK T1070 (Indicator Removal); Microsoft Learn, Using Configuration History with IIS 7',
  references: [
    'Microsoft Learn, Using Configuration History with IIS: https://learn.microsoft.com/iis/manage/managing-your-configuration-settings/using-configuration-history-with-iis-7',
    'MITRE ATT&CK T1070, Indicator Removal: https://attack.mitre.org/techniques/T1070/',
  ],
  falsePositives: [
    'The trial of a product, or a repair by its vendor.',
    'An update that writes a new path and takes the old one out.',
  ],
  supportedBy: [
    'The file is still on the disk, or in a shadow copy.',
    'Traces, events or log rows show that it ran.',
  ],
  refutedBy: [
    'The removal of the product at that time is on record.',
  ],
};
