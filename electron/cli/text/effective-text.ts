import type { EffectiveConfig } from '../../../shared/contract/component.ts';
import { EFFECTIVE_LISTS } from '../../../shared/model/index.ts';
import { visible } from '../../../shared/base/visible.ts';

/** The effective lists of one application, one line per entry with the line of configuration that put it there. */
export function effectiveText(c: EffectiveConfig): string {
  const lines = [`${c.site}${c.app} on ${c.server}: pool ${c.pool}, ${c.pipeline}, CLR ${c.clr || 'none'}, ${c.bitness} bit`];
  for (const name of EFFECTIVE_LISTS) {
    const list = c[name];
    lines.push(`${name}: ${list.outcome}${list.reason === null ? '' : ` (${list.reason})`}, ${list.entries.length} entries`);
    for (const e of list.entries) {
      const what = e.type ?? e.image ?? e.scriptProcessor ?? e.modules ?? '';
      const from = `${e.from.path ?? e.from.evidencePath}:${e.from.line}:${e.from.column}`;
      lines.push(`  ${e.state === 'dormant' ? '(dormant) ' : ''}${e.name}${what === '' ? '' : ` -> ${what}`}  [${from}]${e.why === null ? '' : `  ${e.why}`}`);
    }
    for (const m of list.missing) lines.push(`  missing: ${m.path ?? m.evidencePath}`);
  }
  return `${lines.map(visible).join('\n')}\n`;
}
