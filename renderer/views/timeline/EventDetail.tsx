import type { ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import { TIME_MEANINGS } from '../../../shared/model/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { runCommand } from '../../commands/dispatch.ts';
import { useApp, useTimeText, useWorkbench } from '../../state/react.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';
import { Button, DetailPane, Fields, SourceList, VisibleText } from '../../ui/index.ts';
import { fieldOf } from './columns.ts';
import { Serving } from './Serving.tsx';
import { SourceLine } from './SourceLine.tsx';
import { withField, type FieldName } from './terms.ts';

/** Sources whose rows are requests that IIS was asked to serve. */
const SERVED: ReadonlySet<TimelineEvent['source']> = new Set(['iis-log', 'freb']);
/** Sources whose records are lines of text. */
const LINES: ReadonlySet<TimelineEvent['source']> = new Set(['iis-log', 'httperr', 'ftp-log']);

const FIDELITY: Readonly<Record<TimelineEvent['fidelity'], string>> = {
  exact: 'written by the system as it happened', 'mtime-only': 'a file time: kept by the copy, settable by anybody with access',
  'order-only': 'only before and after are known', forgeable: 'written by whoever made the file: forgeable',
  'zone-assumed': 'written by the system in its local time; the zone is not known, so it is read as UTC',
};

/** All fields of the focused event, what its time means, and where it stands in the evidence. */
export function EventDetail({ event, onFollow }: { readonly event: TimelineEvent | undefined; readonly onFollow: (field: FieldName, value: string) => void }): ReactNode {
  const wb = useWorkbench();
  const time = useTimeText();
  const filter = useApp((s) => s.filters['timeline'] ?? '');
  if (event === undefined) return <DetailPane label="Event"><p className="dim">No event has the focus.</p></DetailPane>;
  const { setFilter } = wb.store.getState();
  const valueOf = (name: string, value: string): ReactNode => {
    const field = fieldOf(event, name);
    if (field === null || value === '' || value === '-') return value;
    return (
      <span className="field-value">
        <span className="mono"><VisibleText text={value} /></span>
        <span className="field-buttons">
          <button type="button" className="mini" aria-label={`Keep ${visible(name)} ${visible(value)}`} onClick={() => setFilter('timeline', withField(filter, field, value, false))}>=</button>
          <button type="button" className="mini" aria-label={`Follow ${visible(name)} ${visible(value)}`} title="Follow: o next, O previous" onClick={() => onFollow(field, value)}>F</button>
          <button type="button" className="mini" aria-label={`Drop ${visible(name)} ${visible(value)}`} onClick={() => setFilter('timeline', withField(filter, field, value, true))}>-</button>
        </span>
      </span>
    );
  };
  return (
    <DetailPane
      label="Event" title={<VisibleText text={event.message} />}
      actions={<><Button onClick={() => openRef(wb, event.ref)}>Source (x)</Button><Button onClick={() => void runCommand(wb, 'row.note')}>Note this (Space)</Button></>}
    >
      <Fields label="Time" fields={[
        { name: 'time', value: time(event.time) }, { name: 'meaning', value: TIME_MEANINGS[event.timeMeaning] }, { name: 'how sure', value: FIDELITY[event.fidelity] },
        { name: 'source', value: valueOf('source', event.source) }, { name: 'server', value: event.server ?? '' }, { name: 'site', value: event.site === null ? '' : valueOf('site', event.site) },
        ...(event.tags.length === 0 ? [] : [{ name: 'tags', value: event.tags.join(', ') }]),
      ]} />
      <div>
        <h3>Source</h3>
        <SourceList label="Source of the event" refs={[event.ref]} onOpen={(ref) => openRef(wb, ref)} />
        {LINES.has(event.source) ? <SourceLine event={event} /> : null}
      </div>
      {SERVED.has(event.source) ? <Serving id={event.id} /> : null}
      <div><h3>All fields</h3><Fields label="All fields" fields={event.fields.map((f) => ({ name: f.name, value: valueOf(f.name, f.value) }))} /></div>
    </DetailPane>
  );
}
