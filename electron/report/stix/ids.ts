import { createHash } from 'node:crypto';

/** The namespace for deterministic ids of cyber-observable objects (STIX 2.1, section 2.9). */
const STIX_NAMESPACE = '00abedb4-aa42-466c-9c01-fed23315a9b7';
/** Ours, for the other objects: an export of the same case gives the same ids. Made once at random. */
const OWN_NAMESPACE = '6d2f4c57-90c1-4b0e-8a3b-5e1c7f9d2ab4';

/** Name-based id with SHA-1 (RFC 9562, section 5.5). @param namespace a UUID as text */
export function uuid5(namespace: string, name: string): string {
  const hash = createHash('sha1').update(Buffer.from(namespace.replaceAll('-', ''), 'hex')).update(name, 'utf8').digest();
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** JSON with sorted keys, as RFC 8785 has it for texts, whole numbers, lists and objects: all that ids here are made of. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).filter(([, v]) => v !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => `${JSON.stringify(k)}:${canonical(v)}`).join(',')}}`;
}

/** @param contributing the properties that the type's id is made of; the same object has the same id with everybody */
export function observableId(type: string, contributing: Readonly<Record<string, unknown>>): string {
  return `${type}--${uuid5(STIX_NAMESPACE, canonical(contributing))}`;
}

/** @param content what the object is about: the same content of the same case has the same id */
export function objectId(type: string, content: unknown): string {
  return `${type}--${uuid5(OWN_NAMESPACE, canonical([type, content]))}`;
}
