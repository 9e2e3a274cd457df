import type { ReactNode } from 'react';
import { EDGE_WORDS, SIGN_WORDS, type NodeSign } from '../../canvas/index.ts';

const SIGNS: readonly NodeSign[] = ['added', 'ghost', 'later', 'absent'];
const STYLES = ['solid', 'dashed', 'struck', 'clock'] as const;

/** What the ways of drawing nodes and edges mean, in words. */
export function Legend(): ReactNode {
  return (
    <ul className="legend" aria-label="Signs of the graph">
      {SIGNS.map((sign) => <li key={sign}><span className={`legend-node ${sign}`} aria-hidden="true" /> {SIGN_WORDS[sign]}</li>)}
      {STYLES.map((style) => <li key={style}><svg className="legend-edge" aria-hidden="true" viewBox="0 0 26 10"><path className={`edge ${style}`} d="M 0 5 H 26" /></svg> {EDGE_WORDS[style]}</li>)}
    </ul>
  );
}
