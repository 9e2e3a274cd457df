import { useMemo } from 'react';
import { TIME_MEANINGS } from '../../../shared/model/index.ts';
import { durationText } from '../../../shared/time/duration.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { zoneText } from '../../../shared/time/zone.ts';
import { useApp, useTimeText } from '../../state/react.ts';
import type { TimelineEvent } from '../../state/timeline-pages.ts';
import { VisibleText, type Column } from '../../ui/index.ts';
import { columnChoices, columnValue } from './columns.ts';

/** Why HTTP.sys ended a request or a connection: often all that such a row says; empty for other sources. */
export function reasonOf(event: TimelineEvent): string {
  const said = event.source === 'httperr' ? (event.fields.find((f) => f.name.toLowerCase() === 's-reason')?.value ?? '') : '';
  return said === '-' ? '' : said;
}

/** The four columns that are always there, and those that were added between source and message. @param reference times are told from here; null: as they are */
export function useEventColumns(reference: string | null): readonly Column<TimelineEvent>[] {
  const time = useTimeText();
  const zone = useApp((s) => zoneText(s.zone));
  const added = useApp((s) => s.timelineColumns);
  return useMemo((): readonly Column<TimelineEvent>[] => {
    const zero = reference === null ? null : parseInstant(reference);
    const cell = (e: TimelineEvent): string => {
      const t = e.time === null ? null : parseInstant(e.time);
      return zero === null || t === null ? time(e.time) : durationText(t - zero);
    };
    return [
      { id: 'time', title: zero === null ? `Time (${zone})` : 'Time from reference', width: '200px', mono: true, render: (e) => <span title={time(e.time)}>{cell(e)}{e.fidelity === 'zone-assumed' ? <span className="warn" title="read as UTC: the zone of this log is not known"> ?</span> : null}</span> },
      { id: 'what', title: 'What happened', width: '190px', render: (e) => <span title={TIME_MEANINGS[e.timeMeaning]}>{e.tags.length > 0 ? '\u25c6 ' : ''}{e.what === '' ? <span className="quiet">{TIME_MEANINGS[e.timeMeaning]}</span> : <VisibleText text={e.what} />}</span> },
      { id: 'source', title: 'Source', width: '150px', render: (e) => <VisibleText text={e.site === null ? e.source : `${e.source} ${e.site}`} /> },
      ...columnChoices([], added).filter((c) => added.includes(c.id)).map((c): Column<TimelineEvent> => ({ ...c, mono: true, render: (e) => <VisibleText text={columnValue(e, c.id)} /> })),
      { id: 'message', title: 'Message', width: 'minmax(320px, 1fr)', mono: true, render: (e) => <><VisibleText text={e.message} />{reasonOf(e) === '' ? null : <span className="quiet"> <VisibleText text={reasonOf(e)} /></span>}</> },
    ];
  }, [reference, time, zone, added]);
}
