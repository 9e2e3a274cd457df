import type { EvidenceRef } from './place.ts';
import type { Moment } from './moment.ts';
import type { Story, StoryStepKind } from './story.ts';

/** The steps in words, as every place that tells a story has them. */
export const STEP_WORDS: Readonly<Record<StoryStepKind, string>> = {
  built: 'built', 'file-written': 'file written', configured: 'configuration changed', 'pool-started': 'pool started with it',
  'first-served': 'first request that it can have served', 'last-served': 'last request that it can have served', changed: 'configuration changed again', removed: 'removed',
};

const FIDELITY_WORDS: Readonly<Record<Moment['fidelity'], string>> = {
  exact: 'written as it happened', 'mtime-only': 'file time, settable', 'order-only': 'only the order is known', forgeable: 'forgeable', 'zone-assumed': 'local time, zone assumed to be UTC',
};

function momentText({ moment, earliest, by }: Story['steps'][number]): string {
  const when = moment.time ?? (moment.order === undefined ? 'not dated' : `copy ${moment.order} in order`);
  const after = earliest?.time ? `after ${earliest.time}, by ` : '';
  return `${by === true ? 'by ' : after}${when} (${FIDELITY_WORDS[moment.fidelity]})`;
}

function refText({ path, evidencePath, line, column, offset, length, sha256 }: EvidenceRef): string {
  const at = line !== undefined ? ` line ${line}${column === undefined ? '' : ` column ${column}`}` : offset !== undefined ? ` offset ${offset}${length === undefined ? '' : ` (${length} bytes)`}` : '';
  return `${path ?? evidencePath}${at} [evidence: ${evidencePath}; SHA-256 ${sha256 === '' ? 'not computed' : sha256}]`;
}

/** The story as plain lines with citations, times in UTC. Text of the evidence is as it stands there. */
export function storyText(story: Story): string[] {
  const lines = [`Story of ${story.subject ?? story.component}${story.partial === true ? ' (evidence is still being read)' : ''}`];
  const arrows = new Map(story.arrows.map((arrow) => [arrow.to, arrow]));
  for (const [i, step] of story.steps.entries()) {
    const arrow = arrows.get(i);
    if (arrow !== undefined) lines.push(`   | from step ${arrow.from + 1}: ${arrow.sentence}`);
    lines.push(`${i + 1}. ${STEP_WORDS[step.kind]}: ${step.missing === null ? momentText(step) : 'not shown'}`, `   ${step.sentence}`);
    if (step.missing !== null) lines.push(`   Not in the evidence: ${step.missing}`);
    for (const ref of step.refs) lines.push(`   Source: ${refText(ref)}`);
  }
  if (story.doubts.length > 0) lines.push('Doubts:', ...story.doubts.map((doubt) => `- ${doubt}`));
  return lines;
}
