import type { EffectiveConfig } from '../../../shared/contract/component.ts';
import { EFFECTIVE_LISTS } from '../../../shared/model/index.ts';
import { visible } from '../../../shared/base/visible.ts';
import { counted } from './counted.ts';

/** The effective lists of one application, one line per entry with the line of configuration that put it there. */
export function effectiveText(c: EffectiveConfig): string {
  const lines = [`${c.site}${c.app} on ${c.server}: ${c.pool === null ? 'pool not known' : `pool ${c.pool}, ${c.pipeline ?? ''}, CLR ${c.clr || 'none'}, ${c.bitness ?? ''} bit`}`];
  const note = c.note ?? null;
  if (note !== null) lines.push(note);
  for (const sentence of c.definitions?.assumed ?? []) lines.push(`assumed: ${sentence}`);
  for (const l of c.explained ?? []) lines.push(`  ${l.state.padEnd(9)} ${l.name} in ${l.section} (${l.scope})  [${l.path ?? l.evidencePath}:${l.line}:${l.column}]${l.why === null ? '' : `  ${l.why}`}`);
  // Only an answer as of a copy mixes files of two moments.
  const mixed = note?.includes('web.config files have no copies') === true;
  for (const name of EFFECTIVE_LISTS) {
    const list = c[name];
    if (c.explained !== undefined && list.entries.length === 0) continue;
    lines.push(`${name}: ${list.outcome}${list.reason === null ? '' : ` (${list.reason})`}, ${counted(list.entries.length, 'entry', 'entries')}`);
    for (const e of list.entries) {
      const what = e.type ?? e.image ?? e.scriptProcessor ?? e.modules ?? '';
      const from = `${e.from.path ?? e.from.evidencePath}:${e.from.line}:${e.from.column}`;
      const today = mixed && e.from.path !== null && /web\.config$/i.test(e.from.evidencePath) ? '  (as collected)' : '';
      lines.push(`  ${e.state === 'dormant' ? '(dormant) ' : ''}${e.name}${what === '' ? '' : ` -> ${what}`}  [${from}]${today}${e.why === null ? '' : `  ${e.why}`}`);
    }
    for (const sentence of list.assumed) lines.push(`  assumed: ${sentence}`);
    for (const m of list.missing) lines.push(`  missing: ${m.path ?? m.evidencePath}`);
  }
  return `${lines.map(visible).join('\n')}\n`;
}
