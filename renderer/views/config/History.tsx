import { useMemo, useRef, useState, type ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useApp, useRequest, useTimeText, useWorkbench } from '../../state/react.ts';
import { Badge, Button, count, DataGrid, DetailPane, EmptyState, FailureLine, FIDELITY_BRIEF, Fields, listSource, ROW_HEIGHT, SourceList, Split, VisibleText, type Column, type GridHandle } from '../../ui/index.ts';
import { CHANGE_WORDS, changeClass, EVERY_CHANGE, filteredChanges, filterValues, type Change } from './change-words.ts';
import { copyName, inLineages, lineageWords, type Copy } from './copies.ts';
import type { Subject } from './subject.ts';

const NO_CHANGES: readonly Change[] = [];
const PARTS = [['what', 'What'], ['kind', 'Kind'], ['section', 'Section']] as const;

/** The saved copies of the configuration by lineage, and what changed in meaning from one to the next. */
export function History({ onSubject, onCompare }: { readonly onSubject: (subject: Subject) => void; readonly onCompare: () => void }): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const rowHeight = ROW_HEIGHT[useApp((s) => s.density)];
  const marked = useApp((s) => s.config.marked);
  const answer = useRequest('config.history', {});
  const copies = useMemo(() => inLineages(answer.value?.copies ?? []), [answer.value]);
  const all = answer.value?.changes ?? NO_CHANGES;
  const [filter, setFilter] = useState(EVERY_CHANGE);
  const changes = useMemo(() => filteredChanges(all, filter), [all, filter]);
  const [copyAt, setCopyAt] = useState(0);
  const [changeAt, setChangeAt] = useState(0);
  const grid = useRef<GridHandle>(null);
  const change = changes[Math.min(changeAt, changes.length - 1)];
  const moments = useMemo(() => new Map(copies.map((c) => [c.id, c.moment])), [copies]);
  const ofCopy = (c: Copy | undefined): void => (c === undefined ? undefined : onSubject({ kind: 'file', evidencePath: c.evidencePath }));
  const copyColumns: readonly Column<Copy>[] = [
    { id: 'id', title: 'Copy', width: 'minmax(150px, 1fr)', render: (c) => <><span className="line mono"><VisibleText text={copyName(c.id)} />{c.evidencePath === marked ? <> <Badge>marked</Badge></> : null}</span><span className="line dim"><VisibleText text={lineageWords(c)} /></span></> },
    { id: 'time', title: 'Saved', width: '190px', render: (c) => <><span className="line mono">{time(c.moment.time)}</span><span className="line dim">{FIDELITY_BRIEF[c.moment.fidelity]}</span></> },
  ];
  const changeColumns: readonly Column<Change>[] = [
    { id: 'what', title: 'What', width: '104px', render: (c) => <span className={changeClass(c.what)}>{CHANGE_WORDS[c.what]}</span> },
    { id: 'name', title: 'Name and section', width: 'minmax(180px, 1fr)', mono: true, render: (c) => <><span className="line" title={visible(c.name)}>{visible(c.name)}</span><span className="line dim" title={visible(c.section)}>{visible(c.section)}</span></> },
    { id: 'between', title: 'Between', width: '150px', render: (c) => <><span className="line" title={visible(c.from)}>{visible(copyName(c.from))}</span><span className="line" title={visible(c.to)}>and {visible(copyName(c.to))}</span></> },
  ];
  if (answer.failure !== null) return <FailureLine message={answer.failure.message} />;
  const ruleAbove = (i: number): string | null => {
    const [here, above] = [copies[i], copies[i - 1]];
    return here === undefined || above === undefined || (lineageWords(above) === lineageWords(here) && above.server === here.server) ? null : visible(lineageWords(here));
  };
  return (
    <Split id="history" inner parts={[
      { id: 'copies', size: 32, content: <DataGrid label="Configuration copies" columns={copyColumns} source={listSource(copies)} rowKey={(c) => `${c.server} ${c.id} ${c.evidencePath}`} twoLines rowHeight={2 * rowHeight} ruleAbove={ruleAbove} focused={copies.length === 0 ? -1 : Math.min(copyAt, copies.length - 1)} onFocus={(i, c) => { setCopyAt(i); ofCopy(c); }} onOpen={(c) => openRef(wb, { evidencePath: c.evidencePath, line: 1 })} empty={<EmptyState title={answer.loading ? 'Loading...' : 'No copies were found (inetpub\\history).'} />} /> },
      { id: 'changes', size: 40, content: (
        <div className="effective">
          <div className="stack-head" role="group" aria-label="Which changes">
            {PARTS.map(([part, words]) => (
              <label key={part}>{words} <select className="input narrow" value={filter[part]} onChange={(e) => setFilter({ ...filter, [part]: e.target.value })}>
                <option value="">all</option>
                {filterValues(all, filter, part).map((v) => <option key={v.value} value={v.value}>{visible(part === 'what' ? CHANGE_WORDS[v.value as Change['what']] : v.value)} ({count(v.count)})</option>)}
              </select></label>
            ))}
            <span className="dim" role="status">{changes.length === all.length ? `${count(all.length)} changes` : `${count(changes.length)} of ${count(all.length)} changes`}</span>
          </div>
          <div className="fill-rest">
            <DataGrid label="Configuration changes" columns={changeColumns} source={listSource(changes)} rowKey={(c) => `${c.from} ${c.to} ${c.section} ${c.scope} ${c.name} ${c.what}`} twoLines rowHeight={2 * rowHeight} focused={changes.length === 0 ? -1 : Math.min(changeAt, changes.length - 1)} onFocus={(i, c) => { setChangeAt(i); if (c !== undefined) onSubject({ kind: 'change', change: c }); }} onOpen={(c) => c.refs[0] !== undefined && openRef(wb, c.refs.at(-1) ?? c.refs[0])} handle={grid} empty={<EmptyState title={all.length === 0 ? 'No differences between copies.' : 'No change passes the filter.'} />} />
          </div>
        </div>
      ) },
      { id: 'change', size: 28, content: change === undefined ? <div /> : (
        <DetailPane label="Change" actions={<Button onClick={() => { onSubject({ kind: 'change', change }); onCompare(); }}>Compare the two copies (d)</Button>}>
          <Fields fields={[
            { name: 'what', value: `${CHANGE_WORDS[change.what]}: ${change.kind} ${change.name}` }, { name: 'section', value: change.section }, { name: 'scope', value: change.scope },
            { name: `before, in ${copyName(change.from)}`, value: change.before ?? '(not there)' }, { name: `after, in ${copyName(change.to)}, saved ${time(moments.get(change.to)?.time ?? null)}`, value: change.after ?? '(not there)' },
          ]} />
          <h3>Lines before and after</h3>
          <SourceList label="Sources of the change" refs={change.refs} onOpen={(ref) => openRef(wb, ref)} />
        </DetailPane>
      ) },
    ]} />
  );
}
