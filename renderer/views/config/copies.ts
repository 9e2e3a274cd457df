import { compareBy } from '../../../shared/base/compare.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { onMainLine, SERIES_WORDS } from '../../state/copies.ts';
import type { Choice } from '../../ui/index.ts';
import { fileName } from '../../ui/index.ts';
import { scopeWords } from './scope-words.ts';

export type Copy = Output<'config.history'>['copies'][number];
export type ConfigFile = Output<'config.files'>['files'][number];

const SERIES_ORDER: readonly Copy['series'][] = ['history', 'backup', 'shadow', 'old-windows', 'live', 'pool'];

/** `copy 3` for a folder of the configuration history; other copies by their own name. */
export function copyName(id: string): string {
  return id === 'live' ? 'the file in force' : id.replace(/^CFGHISTORY_0*(?=\d)/, 'copy ');
}

/** The file that a copy is of, and which kind of copy: copies with the same words are one lineage. */
export function lineageWords(copy: Pick<Copy, 'series' | 'of'>): string {
  return `${onMainLine(copy) || copy.of === null ? 'applicationHost.config' : copy.of}: ${SERIES_WORDS[copy.series]}`;
}

/** Copies by the file that they are of, then by where they come from, then as they followed each other. The main file comes first. */
export function inLineages(copies: readonly Copy[]): readonly Copy[] {
  return [...copies].sort(compareBy((c) => c.server, (c) => (onMainLine(c) ? 0 : 1), (c) => (onMainLine(c) ? '' : (c.of ?? '')), (c) => SERIES_ORDER.indexOf(c.series), (c) => c.order, (c) => c.id));
}

/** The copy before one in its own lineage, or null. */
export function before(copies: readonly Copy[], copy: Copy): Copy | null {
  const own = inLineages(copies).filter((c) => c.server === copy.server && (onMainLine(c) ? onMainLine(copy) : c.of === copy.of));
  // On the main line history copies, backups and the file in force follow each other, whatever they come from.
  const line = onMainLine(copy) ? own.sort(compareBy((c) => c.order, (c) => c.id)) : own.filter((c) => c.series === copy.series);
  return line[line.findIndex((c) => c.id === copy.id && c.evidencePath === copy.evidencePath) - 1] ?? null;
}

/** Moments at which the server can be looked at: the file in force, and every copy that holds the whole server or a pool. */
export function asOfChoices(copies: readonly Copy[], time: (text: string | null) => string): Choice[] {
  const past = inLineages(copies).filter((c) => c.series !== 'live' && (onMainLine(c) || c.series === 'pool'));
  return [{ value: '', words: 'now: the file in force' }, ...past.map((c) => ({ value: c.id, words: copyName(c.id), more: time(c.moment.time), group: SERIES_WORDS[c.series] }))];
}

/** Every file that can be compared: the copies by lineage, then the files of sites and applications. */
export function fileChoices(files: readonly ConfigFile[], copies: readonly Copy[], time: (text: string | null) => string): Choice[] {
  const seen = new Set<string>();
  const fromCopies = inLineages(copies).flatMap((c): Choice[] => {
    if (seen.has(c.evidencePath)) return [];
    seen.add(c.evidencePath);
    return [{ value: c.evidencePath, words: copyName(c.id), more: `${time(c.moment.time)} ${fileName(c.of ?? c.path ?? c.evidencePath)}`, group: lineageWords(c) }];
  });
  const rest = files.filter((f) => !seen.has(f.evidencePath));
  return [...fromCopies, ...rest.map((f): Choice => ({ value: f.evidencePath, words: f.path ?? f.evidencePath, more: scopeWords(f.scope), group: 'other files' }))];
}
