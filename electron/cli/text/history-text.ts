import type { ConfigChange, ConfigCopy } from '../../../shared/model/index.ts';
import { visible } from '../../../shared/base/visible.ts';

/** Copies in order, and under each the changes that came with it. */
export function historyText({ copies, changes }: { copies: readonly ConfigCopy[]; changes: readonly ConfigChange[] }): string {
  const lines: string[] = copies.length === 0 ? ['no configuration copies in the evidence'] : [];
  for (const copy of copies) {
    lines.push(`${copy.id}  ${copy.moment.time ?? `order ${copy.order}`} (${copy.moment.fidelity})  ${copy.path ?? copy.evidencePath}`);
    for (const c of changes.filter((x) => x.to === copy.id)) {
      lines.push(`  ${c.what}: ${c.kind} ${c.name} (${c.scope})`);
      if (c.before !== null) lines.push(`    - ${c.before}`);
      if (c.after !== null) lines.push(`    + ${c.after}`);
    }
  }
  return `${lines.map(visible).join('\n')}\n`;
}
