import { notificationOf } from './notifications.ts';
import type { TraceEvent, Named, TracedCall, TracedStatus } from '../kit/trace.ts';

/** Names that a summary keeps; a request runs through some hundred calls. */
const MAX_KEPT = 5000;

/** What the events of one trace say of its request. */
export interface Story {
  readonly calls: readonly TracedCall[];
  readonly statuses: readonly TracedStatus[];
  readonly handler: Named | null;
  readonly urls: readonly Named[];
  readonly filters: readonly string[];
}

const valueOf = (list: readonly Named[], name: string): string | undefined => list.find((d) => d.name === name)?.value;

/**
 * The calls in their order, who set the status, which handler was chosen last, how the URL changed, which ISAPI filters ran.
 * Event and value names are those of the IIS trace providers (iisrequestnotificationevents, iisgeneral).
 */
export function storyOf(events: readonly TraceEvent[]): Story {
  const calls: TracedCall[] = [];
  const statuses: TracedStatus[] = [];
  const urls: Named[] = [];
  const filters: string[] = [];
  let handler: Named | null = null;
  for (const event of events) {
    const { opcode, data, shown, line, offset, length } = event;
    const module = valueOf(data, 'ModuleName') ?? '';
    const notification = (): ReturnType<typeof notificationOf> => notificationOf(valueOf(data, 'Notification') ?? '', valueOf(shown, 'Notification'));
    if (opcode === 'NOTIFY_MODULE_START') {
      const { name, number } = notification();
      if (calls.length < MAX_KEPT) calls.push({ module, notification: name, number, post: /^(?:true|1)$/i.test(valueOf(data, 'fIsPostNotification') ?? ''), line, offset, length });
    } else if (/^MODULE_SET_RESPONSE_(?:ERROR|SUCCESS)_STATUS$/.test(opcode)) {
      const sub = valueOf(data, 'HttpSubStatus') ?? '0';
      const status = `${valueOf(data, 'HttpStatus') ?? ''}${sub === '0' || sub === '' ? '' : `.${sub}`}`;
      if (statuses.length < MAX_KEPT) statuses.push({ module, notification: notification().name, status, error: opcode.includes('ERROR'), reason: valueOf(data, 'HttpReason') ?? '', line });
    } else if (opcode.startsWith('HANDLER_')) {
      const name = valueOf(data, 'NewHandlerName') ?? valueOf(data, 'HandlerName');
      const what = ['NewHandlerType', 'NewHandlerModules', 'NewHandlerScriptProcessor'].map((key) => valueOf(data, key) ?? '').find((value) => value !== '') ?? '';
      if (name !== undefined) handler = { name, value: what };
    } else if (opcode === 'URL_CHANGED') {
      if (urls.length < MAX_KEPT) urls.push({ name: valueOf(data, 'OldUrl') ?? '', value: valueOf(data, 'NewUrl') ?? '' });
    } else if (opcode === 'FILTER_START') {
      const name = valueOf(data, 'FilterName') ?? '';
      if (name !== '' && filters.length < MAX_KEPT && !filters.includes(name)) filters.push(name);
    }
  }
  return { calls, statuses, handler, urls, filters };
}
