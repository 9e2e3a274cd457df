import type { Component, Server } from '../../../shared/model/index.ts';
import { refOfRegistration } from '../../components/index.ts';
import { fileName } from '../../knowledge/index.ts';
import { UNDATED, type Entry, type Hit } from './entry.ts';
import type { IndicatorIndex } from './indicator-index.ts';

/** Registrations that are compared for one component: a machine with thousands of applications repeats them. */
const MAX_REGISTRATIONS = 200;

/** Lines that the registration of a component meets: name, type, image and any free text in its attributes. */
export function matchComponent(index: IndicatorIndex, component: Component): Hit[] {
  const hits = new Map<string, Hit>();
  const lines = component.registrations.slice(0, MAX_REGISTRATIONS);
  const refs = lines.slice(0, 3).map(refOfRegistration);
  const add = (entries: readonly Entry[], words: string, own = refs): void => {
    for (const entry of entries) {
      const key = `${entry.list.id} ${entry.indicator.line} ${entry.indicator.kind} ${entry.indicator.value}`;
      if (own.length > 0 && !hits.has(key)) hits.set(key, { entry, source: 'registration', server: component.server, component: component.id, about: component.id, where: words, refs: own, first: component.firstSeen, count: 1 });
    }
  };
  const { name, type, image, kind } = component;
  if (name !== null && kind !== 'cgi') add(index.exact('module-name', name), `is the registered name of a ${kind}`);
  if (type !== null) add(index.exact('type', type), 'is the registered type');
  if (image !== null && image !== '') {
    add(index.path(image), 'is the registered image');
    // A file that is in the evidence is compared by itself.
    if (component.file === null) add(index.exact('file-name', fileName(image)), `is the name of the registered image ${image}`);
  }
  for (const registration of lines) {
    for (const { name: attribute, value } of registration.attributes) add(index.texts(value), `stands in the attribute ${attribute} of a registration`, [refOfRegistration(registration)]);
  }
  return [...hits.values()];
}

/** Free texts in names of servers and in host names of their bindings. */
export function matchServer(index: IndicatorIndex, server: Server): Hit[] {
  const hits = new Map<string, Hit>();
  const add = (value: string | null, words: string, ref: Server['configuration']): void => {
    if (value === null || ref === null) return;
    for (const entry of index.texts(value)) {
      const key = `${entry.list.id} ${entry.indicator.line}`;
      if (!hits.has(key)) hits.set(key, { entry, source: 'server', server: server.id, component: null, about: `server ${server.id} ${key}`, where: words, refs: [ref], first: UNDATED, count: 1 });
    }
  };
  add(server.name, 'stands in the name of the server', server.configuration);
  for (const site of server.sites.slice(0, 2000)) for (const binding of site.bindings.slice(0, 200)) add(binding, `stands in a binding of the site ${site.name}`, site.source ?? server.configuration);
  return [...hits.values()];
}
