import type { CallEffect, CallSite } from './calls.ts';
import { PARAMETERS, methodName, slotsOf } from './interfaces.ts';
import { GLOBAL_NOTIFICATIONS, type Notification, REQUEST_NOTIFICATIONS, hex, namesOf } from './notifications.ts';
import { type Registered, readModuleClasses } from './module-class.ts';
import { readSdkMessages } from './sdk-texts.ts';
import type { Reading } from './reading.ts';
import { type Constant, type Value, pointer } from './value.ts';
import { entryState, walk } from './walk.ts';

/** The words that the SDK defines for priorities (httpserv.h, PRIORITY_ALIAS_*), from the first to the last. */
const PRIORITIES = new Set(['FIRST', 'HIGH', 'MEDIUM', 'LOW', 'LAST']);
const ASSUMED = ' (the value is that of a variable at its start)';

/** What a native module registers for, and what its classes do when they are called. */
export function readModule(reading: Reading, entry: number): void {
  const registered = readRegistration(reading, entry);
  if (!readModuleClasses(reading, registered)) readSdkMessages(reading);
}

/**
 * What RegisterModule(dwServerVersion, IHttpModuleRegistrationInfo *, IHttpServer *) asks to be called for: the calls of
 * methods of its second argument, whose masks and priorities are constants in the code of every ordinary module.
 */
function readRegistration(reading: Reading, entry: number): Registered[] {
  const { world, code, imports, out } = reading;
  const info = world.statics.beside('IHttpModuleRegistrationInfo');
  const registered: Registered[] = [];
  const found = { calls: 0, escaped: false, ended: false };
  const state = entryState(world, [undefined, pointer(info), pointer(world.statics.beside('IHttpServer'))]);
  const complete = walk(code, imports, entry, state, {
    end: () => (found.ended = true),
    call: (site, now) => {
      // Handed to code that is not followed, it may be used there.
      if (site.target === null && site.args.some((value) => value?.kind === 'pointer' && value.base === info)) found.escaped = true;
      if (site.method?.object.base !== info || site.method.object.offset !== 0) return undefined;
      const name = methodName('IHttpModuleRegistrationInfo', site.method.slot);
      if (name === null) return undefined;
      if (name.startsWith('Set')) found.calls += 1;
      const object = register(reading, name, site);
      if (object !== null && registered.length < 8) registered.push({ kind: object, object: site.args[0], state: now.copy() });
      return effect(name);
    },
  });
  const offset = reading.offset(entry);
  if (found.calls === 0 && complete && found.ended && !found.escaped) {
    out.add('requests', 'module-registers-nothing', 'registers for no event: RegisterModule was followed to its end and calls no registration method', { offset });
  } else if (found.calls === 0) {
    out.add('limits', 'module-events-unknown', `the events that it registers for could not be recovered from the code: no call of a registration method was found in RegisterModule${reading.facts.clr === null ? '' : '; the file has managed code, where they may be'}`, { offset });
  }
  return registered;
}

function effect(name: string): CallEffect {
  const parameters = PARAMETERS.get(`IHttpModuleRegistrationInfo.${name}`);
  return { harmless: true, ...(parameters === undefined ? {} : { parameters }) };
}

/** @returns which object is handed over to IIS by the call, if one is */
function register(reading: Reading, name: string, site: CallSite): Registered['kind'] | null {
  const [first, second, third] = site.args;
  switch (name) {
    case 'SetRequestNotifications':
      mask(reading, second, site, 'request-notifications', 'request events', REQUEST_NOTIFICATIONS);
      if (third?.kind !== 'constant' || third.value !== 0) mask(reading, third, site, 'post-request-notifications', 'post-events of the request', REQUEST_NOTIFICATIONS, true);
      return 'factory';
    case 'SetGlobalNotifications':
      mask(reading, second, site, 'global-notifications', 'global events', GLOBAL_NOTIFICATIONS);
      return 'global';
    case 'SetPriorityForRequestNotification':
    case 'SetPriorityForPostRequestNotification':
      priority(reading, site, first, second, name.includes('Post') ? 'post-events of the request' : 'request events', REQUEST_NOTIFICATIONS);
      return null;
    case 'SetPriorityForGlobalNotification':
      priority(reading, site, first, second, 'global events', GLOBAL_NOTIFICATIONS);
      return null;
    default:
      return null;
  }
}

const known = (value: Value): value is Constant => value?.kind === 'constant' && value.wide === undefined && value.value >= 0;

function mask(reading: Reading, value: Value, site: CallSite, id: string, words: string, all: readonly Notification[], post = false): void {
  const { out } = reading;
  if (!known(value)) {
    out.add('limits', `${id}-computed`, `the ${words} that it registers for could not be recovered from the code (computed value)`, { offset: site.at });
    return;
  }
  const { set, rest } = namesOf(value.value, all);
  if (all === REQUEST_NOTIFICATIONS) for (const slot of slotsOf(value.value)) reading.registeredSlots.add(slot);
  const note = value.assumed === true ? ASSUMED : '';
  const proof = { offset: value.at, constant: hex(value.value) };
  const names = set.map((one) => `${one.words} (${one.constant})`);
  out.add('requests', id, `registers for ${words}: ${names.length === 0 ? 'none' : names.join(', ')}${note}`, proof);
  if (rest !== 0) out.add('limits', `${id}-unnamed`, `registers for ${words} without a published name: ${hex(rest)}${note}`, proof);
  for (const one of set) {
    // What is called after an event comes too late for some of what the event allows, so only the event is named.
    for (const consequence of post ? [] : one.means) {
      out.add(consequence.group, consequence.id, `${consequence.what} (${one.constant} ${short(one.bit)})${note}`, proof);
    }
  }
}

const short = (bit: number): string => `0x${bit.toString(16)}`;

function priority(reading: Reading, site: CallSite, events: Value, alias: Value, words: string, all: readonly Notification[]): void {
  const text = known(alias) ? reading.text(alias.value, true, 32) : null;
  const names = known(events) ? namesOf(events.value, all).set.map(({ constant }) => constant).join(', ') || hex(events.value) : 'an event that could not be recovered';
  if (text === null || !known(alias)) {
    reading.out.add('limits', 'priority-unknown', `sets a priority for ${words} (${names}); which one could not be recovered from the code`, { offset: site.at });
    return;
  }
  const words2 = PRIORITIES.has(text) ? '' : ', which is none of the words that IIS defines';
  const offset = reading.offset(alias.value) ?? site.at;
  reading.out.add('requests', 'module-priority', `priority ${text} for ${words}: ${names}${words2}`, { offset, constant: `${text} ${known(events) ? hex(events.value) : ''}`.trim() });
}
