import type { RuleWords } from '../rule.ts';

export const FACTS_MEET: RuleWords = {
  version: 1,
  weight: 0,
  title: 'Several facts about one component',
  condition: 'At least two rules speak of a component that no other finding leads (it is stock, of a known product, or a setting), and their points add up to two or more, without one of them being more severe by itself.',
  meaning: 'Each of the facts alone is weak and has innocent causes. That several of them, found by rules which know nothing of each other, meet on one component is worth more than any of them.',
  severityHow: 'low with 2 points, medium with 3, high from 4. Each finding brings the points of its rule, findings at info none, and each rule counts once.',
  rarity: 'Single facts are found on many servers; several on the same component of Windows or of a known product are rare.',
  relevance: 'As much as the sum says: the sentences tell which fact weighed how much.',
  attack: ['T1505.004'],
  d3fend: ['D3-SWI'],
  reference: 'ATT&CK T1505.004 detection',
  references: [
    'MITRE ATT&CK T1505.004, IIS Components: https://attack.mitre.org/techniques/T1505/004/',
  ],
  falsePositives: [
    'A product that was moved, updated or half removed: one cause, several traces.',
  ],
  supportedBy: [
    'The facts are of different kinds: place, file, history, requests.',
  ],
  refutedBy: [
    'One record (a change, an update, a removal) explains all of them.',
  ],
};
