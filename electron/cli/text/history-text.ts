import { mainLine, type ConfigChange, type ConfigCopy } from '../../../shared/model/index.ts';
import { visible } from '../../../shared/base/visible.ts';

/** Said of copies whose id does not say it. */
const SERIES: Readonly<Partial<Record<ConfigCopy['series'], string>>> = { shadow: '  [volume shadow copy]', 'old-windows': '  [earlier Windows]' };

/** Files with their copies in order, and under each copy the changes that came with it; then what pools were started with. */
export function historyText({ copies, changes }: { copies: readonly ConfigCopy[]; changes: readonly ConfigChange[] }): string {
  const lines: string[] = copies.length === 0 ? ['no configuration copies in the evidence'] : [];
  const servers = [...new Set(copies.map((c) => c.server))];
  for (const server of servers) {
    const own = copies.filter((c) => c.server === server);
    if (servers.length > 1) lines.push(`server ${server}`);
    const told = changes.filter((c) => c.server === undefined || c.server === server);
    const byEnd = new Map<string, ConfigChange[]>();
    const pools = new Set(own.filter((c) => c.series === 'pool').map((c) => c.id));
    for (const c of told) {
      const list = byEnd.get(endOf(c, pools));
      if (list === undefined) byEnd.set(endOf(c, pools), [c]);
      else list.push(c);
    }
    const write = (list: readonly ConfigCopy[]): void => {
      for (const copy of list) {
        lines.push(`${copy.id}  ${copy.moment.time ?? `order ${copy.order}`} (${copy.moment.fidelity})  ${copy.path ?? copy.evidencePath}${SERIES[copy.series] ?? ''}`);
        for (const c of byEnd.get(copy.id) ?? []) writeChange(lines, c);
      }
    };
    const main = mainLine(own);
    write(main);
    const started = own.filter((c) => pools.has(c.id));
    if (started.length > 0) lines.push('', 'what pools were started with, and what differs in the file in force');
    for (const copy of started) {
      write([copy]);
      if (copy.equals !== undefined) lines.push(`  the same entries for code as ${copy.equals}`);
    }
    const others = own.filter((c) => !pools.has(c.id) && !main.includes(c));
    for (const of of new Set(others.map((c) => c.of))) {
      lines.push('', of ?? '');
      write(others.filter((c) => c.of === of));
      for (const c of byEnd.get(`absent:${of ?? ''}`) ?? []) writeChange(lines, c);
    }
  }
  return `${lines.map(visible).join('\n')}\n`;
}

/** The copy under which a change stands: the later one, or what the pool was started with. */
const endOf = (c: ConfigChange, pools: ReadonlySet<string>): string => (pools.has(c.from) ? c.from : c.to);

function writeChange(lines: string[], c: ConfigChange): void {
  lines.push(`  ${c.what}: ${c.kind} ${c.name} (${c.scope})`);
  if (c.before !== null) lines.push(`    - ${c.before}`);
  if (c.after !== null) lines.push(`    + ${c.after}`);
}
