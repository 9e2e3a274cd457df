import type { RuleWords } from '../../rule.ts';

export const FAMILY_TRAITS: RuleWords = {
  version: 1,
  weight: 2,
  title: 'File with published traits of a known family',
  condition: 'A program file that was read has texts, bytes, names of debug files, class names, hashes or signers of the list electron/knowledge/families at its own bytes. Each trait is strong (hardly anything else has it) or weak (honest software has it too). Traits of one text count once; names of modules and files, and places, count as weak only and never without a trait of the file. Files that nothing registers are looked at like the others.',
  meaning: 'The file has things in common with code that was published as malicious. It is no proof of what the file is: code is copied, products that look for such code carry its texts, and a changed copy of the family has fewer traits. The finding says which traits are there, where, and which are not.',
  severityHow: 'high from three strong traits; medium from two, or one with two weak ones; low for one alone, and for four weak ones together; one weak trait says nothing. An answered request with a text that only the family uses counts as one more strong trait. One step up where the kind fits, the component is unknown and no signature holds; one step down where a signature holds, low at most where it is a known product as well.',
  rarity: 'Two strong traits of one family in a file of a clean server were never seen while this list was made. Single weak ones are common.',
  relevance: 'High: such a match names public reports that tell what the code does, and what to look for next.',
  attack: ['T1505.004'],
  d3fend: ['D3-FCR', 'D3-SFA'],
  reference: 'the source that each trait of the list names',
  references: [
    'ESET Research, Anatomy of native IIS malware, 2021: https://web-assets.esetstatic.com/wls/2021/08/eset_anatomy_native_iis_malware.pdf',
    'PwC Threat Intelligence, Knowledge IIS power, 2024: https://github.com/PwCUK-CTO/labscon-2024-knowledge-iis-power',
    'MITRE ATT&CK T1505.004, IIS Components: https://attack.mitre.org/techniques/T1505/004/',
  ],
  falsePositives: [
    'Security products, and tests of them, that carry the texts they look for.',
    'An honest program that shares a library, a template or a sample with the family.',
    'Tools of those who examined the server earlier.',
  ],
  supportedBy: [
    'The behaviour that the reports tell is in the code of the file, and in the logs.',
    'The file came at the time of the intrusion, and nobody installed it.',
    'The hash of the file is in a list of one of the references.',
  ],
  refutedBy: [
    'The file is signed by a vendor who confirms it, or a fresh installation of a product has the same hash.',
    'Its code does nothing of what the reports tell.',
  ],
};
