import type { Component } from '../../../shared/model/index.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { appendEvents, type NewEvent } from '../../timeline/append.ts';
import { checkCancelled } from '../limited.ts';
import { type CaseModel, historiesOf } from '../model/case-model.ts';
import type { ReadingContext } from './context.ts';
import { historyEvents } from './history-events.ts';
import type { ReadImage } from './images.ts';
import { nameOf, type Inventory, type ManifestFile } from './inventory.ts';
import type { ServerFacts } from './server-facts.ts';

/** Events that wait before they are written, so that a manifest of a million files stays out of memory. */
const BATCH = 20_000;

/** Everything dated that is not a log row. An earlier reading's events are replaced: they come from the same files. */
export async function storeEvents(ctx: ReadingContext, inventory: Inventory, model: CaseModel, images: readonly ReadImage[], facts: readonly ServerFacts[]): Promise<void> {
  await ctx.connection.run(`delete from event where source <> 'iis-log'`);
  const components = new Map(facts.flatMap((f) => f.components.flatMap((c) => [c.file, c.file32].flatMap((file) => (file === null ? [] : [[file.evidencePath, c] as const])))));
  const batch: NewEvent[] = [];
  const sources = [configurationEvents(inventory, model), historyEvents(model), imageEvents(images, components), fileEvents(inventory, components)];
  for (const source of sources) {
    for (const event of source) {
      batch.push(event);
      if (batch.length < BATCH) continue;
      checkCancelled(ctx.signal);
      await appendEvents(ctx.connection, batch.splice(0));
    }
  }
  await appendEvents(ctx.connection, batch);
}

/** When each live configuration file was last written, as far as the collection kept it. */
function* configurationEvents(inventory: Inventory, model: CaseModel): Generator<NewEvent> {
  // Copies have events of their own.
  const copies = new Set(historiesOf(model).flatMap(({ history }) => history.copies.filter(({ copy }) => copy.series !== 'live').map(({ copy }) => copy.evidencePath)));
  for (const { configuration, role } of model.configurations) {
    const file = inventory.files.get(configuration.evidencePath);
    if (file === undefined || file.modified === null || role.kind === 'history' || copies.has(configuration.evidencePath)) continue;
    const time = parseInstant(file.modified);
    if (time === null) continue;
    yield {
      ...common(file), offset: 0, seq: 1, time, meaning: 'config-saved', fidelity: 'mtime-only', source: 'iis-config',
      what: 'configuration saved', message: `${file.path ?? file.evidencePath} was last written (file time, settable by anybody with access)`, fields: [{ name: 'role', value: role.kind }],
    };
  }
}

function* imageEvents(images: readonly ReadImage[], components: ReadonlyMap<string, Component>): Generator<NewEvent> {
  for (const { file, events } of images) {
    for (const [i, event] of events.entries()) {
      const component = components.get(file.evidencePath);
      yield {
        ...common(file), offset: event.offset, seq: 10 + i, time: parseInstant(event.time), meaning: event.timeMeaning, fidelity: event.fidelity, source: 'pe',
        what: event.what, message: `${nameOf(file.evidencePath)}: ${event.message}`, component: component?.name ?? null, about: file.path, fields: event.fields,
      };
    }
  }
}

function* fileEvents(inventory: Inventory, components: ReadonlyMap<string, Component>): Generator<NewEvent> {
  for (const file of inventory.files.values()) {
    const component = components.get(file.evidencePath)?.name ?? null;
    const times = [['file-content-changed', file.modified, 20], ['file-created', file.created, 21]] as const;
    for (const [meaning, text, seq] of times) {
      const time = text === null ? null : parseInstant(text);
      if (time === null) continue;
      yield {
        ...common(file), offset: 0, seq, time, meaning, fidelity: 'mtime-only', source: 'file-times',
        what: meaning === 'file-created' ? 'file created' : 'file written', message: `${file.path ?? file.evidencePath} (${file.size} bytes)`,
        component, about: file.path, fields: [{ name: 'size', value: String(file.size) }, { name: 'fidelity', value: file.timeFidelity }],
      };
    }
  }
}

function common(file: ManifestFile): Pick<NewEvent, 'evidencePath' | 'path' | 'sha256' | 'server'> {
  return { evidencePath: file.evidencePath, path: file.path, sha256: file.sha256 ?? '', server: file.server };
}
