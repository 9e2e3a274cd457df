import { GLOBAL_METHODS, MODULE_METHODS } from './interfaces.ts';
import type { Reading } from './reading.ts';
import { occurrences } from './texts.ts';
import { plainName } from './virtual-table.ts';

const MESSAGE = 'subscribed to event ';
const MAX_NAMES = 40;
/** Classes of Microsoft's published samples for native modules: whoever has them copied the sample. */
const SAMPLES = new Set(['MyHttpModule', 'MyHttpModuleFactory', 'CMyHttpModule', 'CMyHttpModuleFactory', 'CHelloWorld', 'CHelloWorldFactory', 'MyGlobalModule', 'CHelloWorldModule', 'CMyGlobalModule']);

/**
 * Which methods a module has of its own, by the messages of the SDK's base classes that are left in the file: the linker
 * keeps one for each method that was not overridden. Weaker than the table of methods, so asked only without it.
 */
export function readSdkMessages(reading: Reading): void {
  const { view } = reading.world.image;
  let any = false;
  for (const [base, methods] of [['CHttpModule', MODULE_METHODS], ['CGlobalModule', GLOBAL_METHODS]] as const) {
    const left = new Set<string>();
    let first: number | null = null;
    for (const at of occurrences(view, `${MESSAGE}${base}::`, 100)) {
      first ??= at;
      left.add(/^\w*/.exec(view.utf8(at + MESSAGE.length + base.length + 2, 64))?.[0] ?? '');
    }
    if (first === null) continue;
    any = true;
    const own = methods.filter((name) => !left.has(name) && name !== 'Terminate');
    const what = own.length === 0 ? 'all of them, so nothing is told' : `not ${own.join(', ')}, which are therefore probably its own`;
    reading.out.add('requests', base === 'CHttpModule' ? 'module-methods' : 'global-methods', `messages for methods of ${base} that were not overridden are left in the file (inferred): ${what}`, { offset: first });
  }
  if (!any && reading.facts.entryPoints.includes('RegisterModule')) {
    const entry = reading.facts.exports.find(({ name }) => name === 'RegisterModule');
    const offset = entry === undefined ? undefined : reading.offset(reading.world.base + entry.rva);
    reading.out.add('limits', 'no-sdk-messages', 'the file has none of the messages that the SDK\'s header leaves in ordinary modules: it may have no class of the SDK, be built with another header, be packed or obfuscated; that modules of Windows itself lack them too is assumed', offset === undefined ? {} : { offset });
  }
}

/** Class names of the compiler's type information (`.?AVName@@`), those of the C++ library left out. */
export function readClassNames(reading: Reading): void {
  const { view } = reading.world.image;
  const names = new Map<string, number>();
  for (const at of occurrences(view, '.?AV', 500)) {
    const text = view.utf8(at, 128);
    if (!/^\.\?AV[\w@?$]+@@$/.test(text) || /@std@@$|^\.\?AVtype_info@@$/.test(text)) continue;
    const name = plainName(text);
    if (!names.has(name) && names.size < MAX_NAMES) names.set(name, at);
  }
  const [first] = names.values();
  if (first === undefined) return;
  reading.out.add('requests', 'class-names', `names of its classes: ${[...names.keys()].join(', ')}`, { offset: first });
  for (const [name, at] of names) if (SAMPLES.has(name)) sample(reading, name, at);
}

function sample(reading: Reading, name: string, at: number): void {
  reading.out.add('system', 'copied-sample', `has the class ${name} of Microsoft's published sample code`, { offset: at, constant: name });
}
