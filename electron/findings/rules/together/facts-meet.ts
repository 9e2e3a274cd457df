import { rule } from '../../rule.ts';
import { FACTS_MEET } from '../../texts/together.ts';

/** Has words of its own and nothing to look for: its findings are made of those of all other rules, once they are there (facts-meet.ts). */
export const factsMeet = rule('facts-meet', FACTS_MEET, () => []);
