import type { Missing } from '../../../shared/model/index.ts';
import { compareBy } from '../../../shared/base/compare.ts';

/** What each kind of evidence decides, the most decisive first; kinds that are not named stand behind. */
const KINDS: readonly string[] = [
  'redirected configuration', 'assembly', 'image (64-bit view)', 'image (32-bit view)', 'event log', 'configuration history', 'pool configurations',
  'log directory', 'file table', 'change journal', 'registry', 'shadow copies', 'application folder', 'configuration', 'catalogs', 'FTP log directory',
];
const ABOUT: readonly Missing['about'][] = ['unknown', 'server', 'stock'];
const kindOf = (m: Missing): number => (KINDS.includes(m.what) ? KINDS.indexOf(m.what) : KINDS.length);

/**
 * Order of what to ask for: first what decides about components that nobody knows, then what tells of the server as a
 * whole, last the files of Windows and of known products, of which a server has a hundred. Whoever asks for the first
 * lines alone has asked for what matters.
 */
export const compareMissing = compareBy<Missing>(
  (m) => ABOUT.indexOf(m.about ?? 'server'), kindOf, (m) => m.what, (m) => m.path ?? '', (m) => m.evidencePath, (m) => m.server ?? '',
);
