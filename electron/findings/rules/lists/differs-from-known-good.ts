import { rule } from '../../rule.ts';

/** A registration that a clean server has too, with another file behind it; found where lists are applied. */
export const differsFromKnownGood = rule('differs-from-known-good', {
  version: 1,
  weight: 0,
  title: 'Other file than on a server known to be clean',
  condition: 'A known-good list that was added to the case has this registration (kind, name, image, type), and the file in the evidence has none of its hashes.',
  meaning: 'Two servers register the same thing and run different files. Another version explains that most of the time; a file that was put in the place of the real one looks the same.',
  severityHow: 'medium where nobody signed the file, low otherwise. Parts of IIS that are not unsigned are counted in one finding: info where all signatures hold, else low.',
  rarity: 'Common between servers of different patch levels, rare between servers of one deployment.',
  relevance: 'High where the file is not signed: nothing but its hash says what it should be.',
  attack: ['T1554'],
  d3fend: ['D3-FHRA', 'D3-FCR'],
  reference: 'ATT&CK T1554 (Compromise Host Software Binary)',
  references: ['MITRE ATT&CK T1554, Compromise Host Software Binary: https://attack.mitre.org/techniques/T1554/'],
  falsePositives: ['Another version or patch level than on the server that the list was made from.', 'An application that is built anew for every server.'],
  supportedBy: ['The file is younger than its neighbours, or what it can do does not fit its name.', 'Other servers of the same deployment have the hash of the list.'],
  refutedBy: ['The vendor\'s package of the installed version holds the same file.', 'A signature of the vendor holds.'],
}, () => []);
