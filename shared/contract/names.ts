import type { EventName, RequestName } from './index.ts';

// The names alone, for the preload script: it must stay small and free of the schemas. The types make an absent or an
// invented name an error of the compiler.
const REQUESTS: Readonly<Record<RequestName, true>> = {
  'case.info': true, 'case.create': true, 'case.open': true, 'case.close': true, 'case.saveAs': true, 'case.recent': true, 'case.examination': true,
  'case.verify': true, 'case.journal': true,
  'job.list': true, 'job.cancel': true, 'job.resume': true, 'job.wait': true, 'job.pause': true, 'job.front': true,
  'component.list': true, 'component.get': true,
  'image.list': true, 'image.get': true, 'image.same': true, 'image.strings': true,
  'config.files': true, 'config.effective': true, 'config.history': true, 'config.diff': true, 'config.search': true,
  'graph.view': true, 'graph.find': true, 'graph.text': true, 'graph.write': true, 'graph.arrangement': true, 'graph.arrange': true,
  'evidence.preview': true, 'evidence.intake': true, 'evidence.files': true, 'evidence.problems': true, 'evidence.text': true, 'evidence.bytes': true, 'evidence.attach': true,
  'finding.explain': true, 'list.list': true, 'list.add': true, 'list.remove': true, 'list.hits': true, 'list.makeKnownGood': true, 'list.families': true,
  'story.component': true, 'story.shared': true, 'story.stack': true, 'knowledge.get': true,
  'report.sections': true, 'report.preview': true, 'report.keepPdf': true, 'report.write': true, 'report.export': true, 'report.sample': true,
  'finding.list': true, 'finding.decide': true,
  'note.list': true, 'note.add': true, 'note.edit': true, 'note.delete': true, 'note.revisions': true,
  'host.info': true, 'host.pickFolder': true, 'host.pickFile': true, 'host.pickSave': true, 'host.printPdf': true, 'host.listFolder': true,
  'request.explain': true,
  'run.triage': true, 'run.inspect': true,
  'timeline.page': true, 'timeline.lines': true, 'timeline.histogram': true, 'timeline.stack': true, 'timeline.locate': true, 'timeline.locateAll': true, 'timeline.event': true, 'timeline.logs': true, 'timeline.coverage': true, 'timeline.gaps': true, 'timeline.step': true,
};

const EVENTS: Readonly<Record<EventName, true>> = { 'case.changed': true, 'job.progress': true, 'engine.restarted': true, 'host.command': true };

export const REQUEST_NAMES: readonly string[] = Object.keys(REQUESTS);
export const EVENT_NAMES: readonly string[] = Object.keys(EVENTS);

/** The two channels between Electron's main process and the page. */
export const REQUEST_CHANNEL = 'iisight:request';
export const EVENT_CHANNEL = 'iisight:event';
