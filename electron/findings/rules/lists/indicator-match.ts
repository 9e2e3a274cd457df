import { rule } from '../../rule.ts';

/** A line of a list that the analyst added; found where lists are applied, which is after all other rules and again whenever a list changes. */
export const indicatorMatch = rule('indicator-match', {
  version: 1,
  weight: 0,
  title: 'Line of an indicator list of the analyst',
  condition: 'A value of a list that was added to the case (hash, name, path, address, URL path, user agent, header, module name, type, PDB path, MVID, signer or free text) is met by a file, a registration, a server, a row of a log or a trace.',
  meaning: 'Somebody has seen this value elsewhere and wrote it down. What that says depends on the value: a hash names one content, an address or a name many things.',
  severityHow: 'By what was met. File of a component: SHA-256 and SHA-1 high, MD5 and MVID medium, all else low. A file that is no component: SHA-256 and SHA-1 medium, MD5 and MVID low, else info. Registrations: low. Rows of logs: addresses, paths and headers low, user agents and texts info. A part of IIS whose signature holds: info, whatever the list says.',
  rarity: 'As rare as the list is good: one broad line meets every server.',
  relevance: 'That of the list. The finding quotes the line and what the list says of it.',
  attack: ['T1505.004'],
  d3fend: ['D3-FHRA', 'D3-IPRA'],
  reference: 'OASIS, STIX 2.1 (indicator patterns); MITRE D3FEND, File Hash Reputation Analysis',
  references: ['OASIS, STIX Version 2.1: https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html', 'MITRE D3FEND, File Hash Reputation Analysis: https://d3fend.mitre.org/technique/d3f:FileHashReputationAnalysis/'],
  falsePositives: ['A list with mistakes, or with values of honest programs.', 'An address that has another user since, or many at once.', 'An imphash, a PDB name or a signer that unrelated programs share.'],
  supportedBy: ['The same thing meets several lines, or lines of several kinds.', 'What the component is and when it came speaks against it too.'],
  refutedBy: ['Whoever made the list takes the line back.', 'The vendor\'s package holds the same file.'],
}, () => []);
