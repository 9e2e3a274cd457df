import type { ReportBlock } from '../../../shared/contract/report.ts';
import { STEP_WORDS, type Story } from '../../../shared/model/index.ts';
import { list, sentence, some, table } from '../blocks.ts';
import type { Sources } from '../sources.ts';
import { momentText } from '../words.ts';

/** `file written to configured`. */
function between({ steps }: Story, { from, to }: Story['arrows'][number]): string {
  const word = (at: number): string => {
    const step = steps[at];
    return step === undefined ? '' : STEP_WORDS[step.kind];
  };
  return `${word(from)} to ${word(to)}`;
}

/** How a component came and was used: each step with its sources, or with what would show it. */
export function storyBlocks(story: Story | undefined, sources: Sources): ReportBlock[] {
  if (story === undefined || story.steps.length === 0) return [];
  return [
    table('How it came and was used', ['Step', 'When', 'What', 'Evidence'], story.steps.map((step) => [
      STEP_WORDS[step.kind],
      step.missing === null ? momentText(step.moment) : 'not shown',
      step.missing === null ? sentence(step.sentence) : `Nothing in the evidence shows it: ${sentence(step.missing)}`,
      sources.citeAll(step.refs, 5),
    ])),
    ...(story.arrows.length === 0 ? [] : [list(story.arrows.map((arrow) => `${between(story, arrow)}: ${sentence(arrow.sentence)} (${arrow.refs.map((ref) => sources.cite(ref)).join('; ')})`))]),
    ...(story.doubts.length === 0 ? [] : [list(some(story.doubts.map((doubt) => `Speaks against this order: ${sentence(doubt)}`)))]),
  ];
}
