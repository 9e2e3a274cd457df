import { createHash } from 'node:crypto';
import { foldCase } from '../../shared/base/compare.ts';
import type { ComponentKind } from '../../shared/model/index.ts';
import { canonicalImage, typeKey } from '../knowledge/index.ts';
import type { ImageIndex } from './facts.ts';
import { sectionName, type RawRegistration } from './registration.ts';

/** Image without the arguments that a FastCGI entry writes behind a bar: `php-cgi.exe|-d host=x`. */
export function imageWithoutArguments(kind: ComponentKind, image: string): string {
  const bar = kind === 'cgi' ? image.indexOf('|') : -1;
  return bar < 0 ? image : image.slice(0, bar);
}

/** One key for the spellings of an image path; the full path on the server where it can be told. */
export function imageKey(images: ImageIndex, image: string): string {
  return foldCase(images.lookup(image, 64).place.path ?? canonicalImage(image));
}

/** A `<modules>` entry without a type switches on what globalModules loaded under the same name. */
export function enablesNative(r: RawRegistration): boolean {
  return sectionName(r.section) === 'modules' && (r.type === null || r.type === '');
}

/** What a component is told apart by: kind, name, image and type, each '' where it does not count. */
export interface Identity {
  readonly kind: ComponentKind;
  readonly name: string;
  readonly image: string;
  readonly type: string;
}

/** Attributes of settings whose value is neither a file nor a type: two values are two components. */
const VALUES = ['value', 'customLogPluginClsid', 'clsid', 'privatePath'];

function settingValue(r: RawRegistration): string {
  return VALUES.map((name) => r.attributes.find((a) => a.name === name)?.value ?? '').find((value) => value !== '') ?? '';
}

/** The identity that a registration names; two registrations of equal identity are one component. */
export function identityOf(r: RawRegistration, images: ImageIndex): Identity {
  const kind = enablesNative(r) ? 'native-module' : r.kind;
  const image = r.image === null || r.image === '' ? '' : imageKey(images, imageWithoutArguments(kind, r.image));
  const type = r.type === null ? '' : typeKey(r.type);
  const name = r.name ?? '';
  switch (kind) {
    case 'isapi-extension':
    case 'cgi':
      return image === '' ? { kind, name, image, type } : { kind, name: '', image, type: '' };
    case 'managed-handler':
      return type === '' ? { kind, name, image, type } : { kind, name: '', image: '', type };
    case 'managed-module':
      return { kind, name, image: '', type };
    case 'other':
      return { kind, name, image, type: image === '' && type === '' ? settingValue(r) : type };
    default:
      return { kind, name, image, type };
  }
}

export const keyOf = (id: Identity): string => [id.kind, id.name, id.image, id.type].join('\u0000');

/** `c-` and twelve hex digits over what the component is; stable for the same evidence on any machine. */
export function componentId(server: string, id: Identity): string {
  const text = [server, id.kind, id.name, id.image, id.type].map((part) => `${part.length}:${part}`).join('');
  return `c-${createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 12)}`;
}
