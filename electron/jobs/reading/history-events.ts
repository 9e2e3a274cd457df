import type { ConfigChange, ConfigCopy, CopySeries, EvidenceRef, Server, TimeMeaning } from '../../../shared/model/index.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import type { NewEvent } from '../../timeline/append.ts';
import { type CaseModel, historiesOf } from '../model/case-model.ts';

const CHANGE_MEANING: Readonly<Record<ConfigChange['what'], TimeMeaning>> = {
  added: 'component-added', removed: 'component-removed', changed: 'component-changed', reordered: 'components-reordered',
};

/** What a copy is, and what its file time says: copying keeps the time at which the content was written. */
const SERIES: Readonly<Record<Exclude<CopySeries, 'live'>, { readonly what: string; readonly is: string; readonly time: string }>> = {
  history: { what: 'config copy saved', is: 'a copy of the configuration, saved by the history service', time: 'time of the copied file, settable by anybody with access' },
  pool: { what: 'pool started with configuration', is: 'what the service wrote for the pool when it started it', time: 'file time, settable by anybody with access' },
  backup: { what: 'config backup', is: 'a copy of the configuration that somebody kept', time: 'file time: mostly that of its content, not of the copying; settable by anybody with access' },
  shadow: { what: 'config in a shadow copy', is: 'the configuration in a volume shadow copy', time: 'file time of its content, settable by anybody with access' },
  'old-windows': { what: 'config of an earlier Windows', is: 'the configuration of the Windows that was installed before', time: 'file time of its content, settable by anybody with access' },
};

/** One event per copy and one per change between two copies. Both lines of a change are among the fields. */
export function* historyEvents(model: CaseModel): Generator<NewEvent> {
  for (const { server, history } of historiesOf(model)) {
    const copies = new Map(history.copies.map(({ copy }) => [copy.id, copy]));
    for (const copy of copies.values()) if (copy.series !== 'live') yield copyEvent(server, copy, copy.series);
    // The changes of a pool that was started with a known copy are told from copy to copy already, mostly up to a last copy that is the file in force.
    const keyOf = (c: ConfigChange): string => [c.what, c.section, c.scope, c.name, c.before, copies.get(c.to)?.sha256 || c.to].join('\0');
    const told = new Set(history.changes.map(keyOf));
    const fromPools = history.poolChanges.filter((change) => copies.get(change.from)?.equals === undefined && !told.has(keyOf(change)));
    let seq = 100;
    for (const changes of [history.changes, fromPools]) {
      for (const change of changes) {
        const to = copies.get(change.to);
        const at = to ?? copies.get(change.from);
        if (at !== undefined) yield changeEvent(server, at, to !== undefined, change, seq++);
      }
    }
  }
}

const timeOf = (copy: ConfigCopy): NewEvent['time'] => (copy.moment.time === null ? null : parseInstant(copy.moment.time));

function copyEvent(server: Server, copy: ConfigCopy, series: Exclude<CopySeries, 'live'>): NewEvent {
  const { what, is, time } = SERIES[series];
  const equals = copy.equals === undefined ? '' : `; its entries for code are those of ${copy.equals}`;
  return {
    evidencePath: copy.evidencePath, path: copy.path, sha256: copy.sha256, server: server.id, offset: 0, seq: 2, line: 1,
    time: timeOf(copy), meaning: 'config-copy-saved', fidelity: copy.moment.fidelity, source: 'config-history',
    what, message: `${copy.id}: ${is}${copy.moment.time === null ? '' : ` (${time})`}${equals}`,
    fields: [
      { name: 'copy', value: copy.id }, { name: 'series', value: copy.series }, { name: 'order', value: String(copy.order) },
      ...(copy.of === null ? [] : [{ name: 'of', value: copy.of }]), ...(copy.equals === undefined ? [] : [{ name: 'equals', value: copy.equals }]),
    ],
  };
}

/** A change is dated by the copy in which it is first seen: it happened between the copy before and that one. A file that is gone dates nothing. */
function changeEvent(server: Server, copy: ConfigCopy, dated: boolean, change: ConfigChange, seq: number): NewEvent {
  const ref: EvidenceRef | undefined = change.refs.at(-1);
  const own = ref !== undefined && ref.evidencePath === copy.evidencePath;
  const lines = change.refs.map((r) => `${r.path ?? r.evidencePath}${r.line === undefined ? '' : `:${r.line}`}`);
  return {
    evidencePath: copy.evidencePath, path: copy.path, sha256: copy.sha256, server: server.id, offset: 0, seq,
    ...(own && ref.line !== undefined ? { line: ref.line } : {}), ...(own && ref.column !== undefined ? { column: ref.column } : {}),
    time: dated ? timeOf(copy) : null, meaning: CHANGE_MEANING[change.what], fidelity: dated ? copy.moment.fidelity : 'order-only', source: 'config-history',
    what: `${change.kind} ${change.what}`, message: `${change.kind} ${change.name} ${change.what} between ${change.from} and ${change.to}${change.scope === 'server' ? '' : ` (${change.scope})`}`,
    component: change.name,
    fields: [
      { name: 'section', value: change.section }, { name: 'scope', value: change.scope }, { name: 'name', value: change.name }, { name: 'from', value: change.from }, { name: 'to', value: change.to },
      ...(change.before === null ? [] : [{ name: 'before', value: change.before }]), ...(change.after === null ? [] : [{ name: 'after', value: change.after }]),
      ...lines.map((value, i) => ({ name: lines.length === 1 ? 'line' : i === 0 ? 'line before' : 'line after', value })),
    ],
  };
}
