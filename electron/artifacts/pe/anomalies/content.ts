import { foldCase } from '../../../../shared/base/compare.ts';
import { quote } from '../../../../shared/base/limits.ts';
import { rva as asRva } from '../../kit/bytes.ts';
import { shannon } from '../entropy.ts';
import type { ExportName } from '../exports.ts';
import { hex } from '../fields/field-list.ts';
import type { Image } from '../image.ts';
import { EXECUTABLE } from '../sections.ts';
import type { Examined } from './examined.ts';

/** Machine code has 5.5 to 6.8 bits per byte; above this it is compressed, encrypted, or mostly something else. */
const DENSE_CODE = 7.2;
const DENSE_DATA = 7.9;
const MIN_CODE = 4096;
const MIN_DATA = 64 * 1024;
/** Icons, cursors and bitmaps are compressed images nearly always. */
const IMAGES: ReadonlySet<string> = new Set(['ICON', 'CURSOR', 'ANIICON', 'ANICURSOR', 'BITMAP', 'FONT']);
const HUGE_RESOURCE = 8 * 1024 * 1024;

/** What the contents say: code that looks packed, large opaque resources, code before the entry point, forwarders without an end. */
export function contentAnomalies(image: Image, facts: Examined, own: ExportName | null): void {
  for (const section of facts.sections) {
    const code = (section.characteristics & EXECUTABLE) !== 0;
    if (section.rawSize < (code ? MIN_CODE : MIN_DATA) || section.entropy <= (code ? DENSE_CODE : DENSE_DATA)) continue;
    image.anomaly('section-dense', section.at, `section ${quote(section.name, 16)} has ${section.entropy.toFixed(2)} bits of entropy per byte: ${code ? 'its code' : 'it'} is compressed or encrypted, or holds such data`);
  }
  resources(image, facts);
  if (facts.tls !== null && facts.tls.callbacks.length > 0) {
    const count = facts.tls.callbacks.length;
    image.anomaly('tls-callbacks', facts.tls.offset, `${count === 1 ? 'one function runs before the entry point (TLS callback)' : `${count} functions run before the entry point (TLS callbacks)`}; common: the runtime libraries of GNU compilers, Rust and some C++ programs set up such functions`);
  }
  circles(image, facts, own);
}

function resources(image: Image, facts: Examined): void {
  let budget = image.view.length;
  for (const { type, name, offset, size, sha256 } of facts.resources) {
    const called = `resource ${quote(type, 32)} ${quote(name, 32)}`;
    if (size > HUGE_RESOURCE) image.anomaly('resource-huge', offset, `${called} claims ${size} bytes`);
    // Without a hash its bytes are not all there.
    if (IMAGES.has(type) || sha256 === null || size < MIN_DATA || size > budget) continue;
    budget -= size;
    const entropy = shannon(image.view.range(offset, size));
    if (entropy > DENSE_DATA) image.anomaly('resource-dense', offset, `${called} has ${entropy.toFixed(2)} bits of entropy per byte in ${size} bytes: it is compressed or encrypted`);
  }
}

/** Exports that are forwarded to this same DLL and come back to where they began. */
function circles(image: Image, { exports }: Pick<Examined, 'exports'>, own: ExportName | null): void {
  if (own === null) return;
  const prefix = `${foldCase(own.name.replace(/\.[^.]*$/, ''))}.`;
  const targets = new Map<string, string>();
  const places = new Map<string, number>();
  for (const { name, ordinal, forwarder, rva } of exports) {
    if (forwarder === null || !foldCase(forwarder).startsWith(prefix)) continue;
    const target = forwarder.slice(prefix.length);
    for (const key of name === null ? [`#${ordinal}`] : [name, `#${ordinal}`]) if (!targets.has(key)) targets.set(key, target);
    if (!places.has(name ?? `#${ordinal}`)) places.set(name ?? `#${ordinal}`, image.map.offset(asRva(rva)) ?? own.at);
  }
  const done = new Set<string>();
  for (const [start, offset] of places) {
    const path = new Set<string>();
    let at: string | undefined = start;
    while (at !== undefined && !done.has(at) && !path.has(at)) {
      path.add(at);
      at = targets.get(at);
    }
    if (at !== undefined && path.has(at)) image.anomaly('export-circle', offset, `the export ${quote(start, 64)} is forwarded in a circle inside this DLL (${hex(offset)})`);
    for (const key of path) done.add(key);
  }
}
