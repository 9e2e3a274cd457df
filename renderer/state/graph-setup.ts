import type { Input } from '../../shared/contract/index.ts';

export type GraphQuestion = NonNullable<Input<'graph.view'>['question']>;

/** What is drawn, without how it is looked at. */
export interface GraphStep {
  /** Stock components one by one too. */
  readonly all: boolean;
  /** Groups that are open, and files whose imports are drawn; the last one opened last. */
  readonly expand: readonly string[];
  readonly question: GraphQuestion | null;
}

/** How the analyst has set the Graph screen up. */
export interface GraphSetup extends GraphStep {
  /** Id of the one server that is drawn; null: all. */
  readonly server: string | null;
  /** Copy that stands for applicationHost.config; null: the file in force. */
  readonly asOf: string | null;
  /** What came after that copy is outlined. */
  readonly later: boolean;
  readonly twin: boolean;
  /** The fields of the path question are open. */
  readonly asking: boolean;
  /** What was drawn before, the latest last: Backspace goes back to it. */
  readonly earlier: readonly GraphStep[];
}
export const GRAPH_SETUP: GraphSetup = { all: false, expand: [], question: null, server: null, asOf: null, later: false, twin: false, asking: false, earlier: [] };

/** Steps back that are kept. */
const MOST_EARLIER = 50;
/** Groups that may be open at once. */
const MOST_OPEN = 200;

/** The next thing to draw; what is drawn now can be gone back to. */
export function nextStep(setup: GraphSetup, step: Partial<GraphStep>): GraphSetup {
  const { all, expand, question } = setup;
  return { ...setup, ...step, expand: (step.expand ?? expand).slice(-MOST_OPEN), earlier: [...setup.earlier, { all, expand, question }].slice(-MOST_EARLIER) };
}

/** What was drawn before the last step; the setup itself when there is none. */
export function stepBack(setup: GraphSetup): GraphSetup {
  const last = setup.earlier.at(-1);
  return last === undefined ? setup : { ...setup, ...last, asking: last.question?.kind === 'path', earlier: setup.earlier.slice(0, -1) };
}

/** Where the window stands over the drawing, kept while other screens are in front. */
export interface GraphViewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
  /** Width of a node in pixels. */
  readonly width: number;
  /** What was drawn then: another drawing is fitted anew. */
  readonly of: string;
}
