import type { ReportBlock, ReportSection } from '../../../shared/contract/report.ts';
import { compareText } from '../../../shared/base/compare.ts';
import { counted, heading, leftOut, sentence, some, table, text, value } from '../blocks.ts';
import { MAX_EACH, MAX_LOGS, MAX_STRETCHES } from '../bounds.ts';
import type { Material } from '../material.ts';
import { nameOf } from '../words.ts';

/** What a reader must not take for absent: it was not looked at, could not be, or is not in the evidence. */
export function notSeenSection(material: Material): ReportSection {
  return {
    id: 'not-seen', title: 'What was not seen',
    blocks: [
      heading('Evidence to ask for'), ...missing(material),
      heading('Damage and limits'), ...problems(material),
      heading('Logs'), ...logs(material),
      heading('Rules that could not be evaluated'), ...notEvaluable(material),
    ],
  };
}

function missing({ missing: all }: Material): ReportBlock[] {
  if (all.total === 0) return [text('Nothing that the configuration names, or that a check would need, is missing.')];
  return [table('Evidence to ask for', ['What', 'Where on the server', 'Why'], all.items.map((m) => [sentence(m.what), value(m.path ?? m.evidencePath), sentence(m.why)])), ...leftOut(all.items.length, all.total, 'missing things')];
}

function problems({ problems: { groups, total, unexpected } }: Material): ReportBlock[] {
  if (total === 0) return [text('Everything that was read was whole.')];
  return [
    text(`${counted(total, 'problem')}, of which ${unexpected} ${unexpected === 1 ? 'is' : 'are'} not to be expected in such evidence. Those of one wording stand together with the first place.`),
    table('Problems', ['Kind', 'Times', 'What', 'First place', 'Expected'], groups.items.map((g) => [
      g.kind, String(g.count), sentence(g.message),
      `${value(g.first.evidencePath)}${g.first.line === undefined ? '' : `, line ${g.first.line}`}${g.first.offset === undefined ? '' : `, offset ${g.first.offset}`}`,
      g.expected ? 'yes' : 'no',
    ])),
    ...(groups.total > groups.items.length ? [text(`Left out here: ${groups.total - groups.items.length} more problems of other wordings. They are in the case.`)] : []),
  ];
}

function logs({ logs: all, lanes }: Material): ReportBlock[] {
  if (all.length === 0) return [text('No log was in the evidence.')];
  const holes = lanes.flatMap((lane) => lane.stretches.filter((s) => s.state !== 'read').map((stretch) => ({ lane, stretch })));
  const shown = all.slice(0, MAX_LOGS);
  return [
    table('Coverage of the logs', ['Source', 'Site', 'Files', 'Bytes', 'Read', 'From', 'To'], lanes.map((lane) => [
      lane.source, value(lane.site ?? 'no site'), String(lane.files), String(lane.bytes), lane.read >= lane.bytes ? 'all' : `${lane.read} bytes`,
      lane.stretches[0]?.from ?? '', lane.stretches.at(-1)?.to ?? '',
    ])),
    ...(holes.length === 0 ? [text('Between the first and the last log of each site no stretch is without one.')] : [
      table('Stretches without rows in the case', ['Source', 'Site', 'From', 'To', 'Why'], holes.slice(0, MAX_STRETCHES).map(({ lane, stretch }) => [
        lane.source, value(lane.site ?? 'no site'), stretch.from, stretch.to, stretch.state === 'none' ? 'no log covers it although logs lie before and after' : 'a log covers it that was not read',
      ])),
      ...leftOut(Math.min(holes.length, MAX_STRETCHES), holes.length, 'stretches'),
    ]),
    table('Logs', ['File', 'Format', 'Rows', 'Rejected', 'First', 'Last', 'SHA-256'], shown.map((l) => [
      value(l.path ?? l.evidencePath), l.format, String(l.lines), `${l.rejected}${l.done < l.size ? `\nread ${l.done} of ${l.size} bytes` : ''}`, l.first ?? '', l.last ?? '', l.sha256 ?? 'not hashed yet',
    ])),
    ...leftOut(shown.length, all.length, 'logs'),
  ];
}

/** By rule: what it would have needed, and of which components. */
function notEvaluable(material: Material): ReportBlock[] {
  const byRule = new Map<string, { components: string[]; why: Set<string> }>();
  const names = new Map(material.components.items.map((c) => [c.id, nameOf(c)]));
  for (const { component, looks } of material.looks.values()) {
    for (const look of looks) {
      if (look.outcome !== 'not-evaluable') continue;
      const entry = byRule.get(look.rule) ?? { components: [], why: new Set<string>() };
      byRule.set(look.rule, entry);
      entry.components.push(names.get(component) ?? value(component));
      for (const why of look.saw) entry.why.add(sentence(why));
    }
  }
  if (byRule.size === 0) return [text('None of those that keep a record of it, for the components of this report.')];
  const rows = [...byRule].sort(([a], [b]) => compareText(a, b));
  return [table('Rules that could not be evaluated', ['Rule', 'Components', 'Why'], rows.map(([rule, { components, why }]) => [rule, some(components, MAX_EACH).join(', '), some([...why], 5).join('\n')]))];
}
