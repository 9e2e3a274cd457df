import { rule } from '../../rule.ts';

/** A YARA rule of the analyst that matched; found where lists are applied. */
export const yaraMatch = rule('yara-match', {
  version: 1,
  weight: 0,
  title: 'YARA rule of the analyst',
  condition: 'A rule of a folder that was added to the case matches the file of a component, or another program file of the web stack.',
  meaning: 'The bytes of the file meet a pattern that somebody wrote down. The rule says what it was written for; that it matched says no more than that.',
  severityHow: 'medium for the file of a component that is neither stock nor of a known product, low for all others. What severity the rule itself claims is quoted and not used.',
  rarity: 'As rare as the rule is narrow.',
  relevance: 'That of the rule: its description, author and references are quoted.',
  attack: ['T1505.004'],
  d3fend: ['D3-FCR', 'D3-SFA'],
  reference: 'YARA, Writing YARA rules',
  references: ['YARA documentation, Writing YARA rules: https://yara.readthedocs.io/en/stable/writingrules.html', 'YARA-X documentation: https://virustotal.github.io/yara-x/docs/'],
  falsePositives: ['A rule that recognises a compiler, a library or a product, not an intrusion.', 'A rule of one short string.'],
  supportedBy: ['The matched strings belong to a known family and several of them are there.', 'What the code can do fits the rule\'s description.'],
  refutedBy: ['The strings stand in data that an honest program of this kind needs.', 'The rule matches the vendor\'s own file of a fresh installation.'],
}, () => []);
