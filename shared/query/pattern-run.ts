import type { Assertion, PatternNode } from './pattern-node.ts';

type Step =
  | { readonly kind: 'char'; readonly accepts: (char: string) => boolean; readonly next: number }
  | { readonly kind: 'assert'; readonly what: Assertion; readonly next: number }
  | { readonly kind: 'split'; readonly to: readonly number[] }
  | { readonly kind: 'found' };

/**
 * Whether an expression fits anywhere in a text. All ways are followed side by side, one character at a time (Thompson's
 * construction), so that no expression and no text can make it hang: the work is their lengths multiplied.
 */
export function patternFits(node: PatternNode, text: string): boolean {
  const steps: Step[] = [{ kind: 'found' }];
  const begin = compile(node, 0, steps);
  const chars = [...text];
  let ways = new Set<number>();
  for (let at = 0; at <= chars.length; at++) {
    const reached = follow([...ways, begin], steps, chars, at);
    if (reached === null) return true;
    const char = chars[at];
    ways = new Set();
    if (char === undefined) break;
    for (const step of reached) if (step.kind === 'char' && step.accepts(char)) ways.add(step.next);
  }
  return false;
}

/** Writes the steps of a node in front of `next`. @returns its first step */
function compile(node: PatternNode, next: number, steps: Step[]): number {
  const add = (step: Step): number => steps.push(step) - 1;
  switch (node.kind) {
    case 'char':
      return add({ kind: 'char', accepts: node.accepts, next });
    case 'assert':
      return add({ kind: 'assert', what: node.what, next });
    case 'all':
      return node.parts.reduceRight((to, part) => compile(part, to, steps), next);
    case 'any':
      return add({ kind: 'split', to: node.parts.map((part) => compile(part, next, steps)) });
    case 'repeat': {
      let to = next;
      if (node.max === null) {
        const loop: number[] = [next];
        to = add({ kind: 'split', to: loop });
        loop.push(compile(node.part, to, steps));
      } else {
        for (let i = node.min; i < node.max; i++) to = add({ kind: 'split', to: [next, compile(node.part, to, steps)] });
      }
      for (let i = 0; i < node.min; i++) to = compile(node.part, to, steps);
      return to;
    }
  }
}

/** The steps that wait for a character, reached from `from` without one; null when the end is among them. */
function follow(from: readonly number[], steps: readonly Step[], chars: readonly string[], at: number): readonly Step[] | null {
  const open = [...from];
  const seen = new Set<number>();
  const out: Step[] = [];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const step = steps[id];
    if (step === undefined || seen.has(id)) continue;
    seen.add(id);
    if (step.kind === 'found') return null;
    if (step.kind === 'char') out.push(step);
    else if (step.kind === 'split') open.push(...step.to);
    else if (holds(step.what, chars, at)) open.push(step.next);
  }
  return out;
}

function holds(what: Assertion, chars: readonly string[], at: number): boolean {
  switch (what) {
    case 'textStart':
      return at === 0;
    case 'textEnd':
      return at === chars.length;
    case 'lineStart':
      return at === 0 || chars[at - 1] === '\n';
    case 'lineEnd':
      return at === chars.length || chars[at] === '\n';
    case 'word':
    case 'notWord':
      return (isWord(chars[at - 1]) !== isWord(chars[at])) === (what === 'word');
  }
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /^[0-9A-Za-z_]$/.test(char);
}
