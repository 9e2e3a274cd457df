import { visible } from '../../../shared/base/visible.ts';
import type { Component, ComponentFile } from '../../../shared/model/index.ts';
import { observableId } from './ids.ts';

export interface StixObject { readonly type: string; readonly id: string; readonly spec_version: '2.1'; readonly [property: string]: unknown }

/** The file of a component, and the folder that it lay in on the server. */
export function fileObjects(file: ComponentFile): { readonly file: StixObject; readonly all: readonly StixObject[] } {
  const path = file.path;
  const cut = path === null ? -1 : path.lastIndexOf('\\');
  const folder = path === null || cut <= 0 ? null : visible(path.slice(0, cut));
  const name = visible(path === null ? file.evidencePath.slice(file.evidencePath.lastIndexOf('/') + 1) : path.slice(cut + 1));
  const directory: StixObject | null = folder === null ? null : { type: 'directory', id: observableId('directory', { path: folder }), spec_version: '2.1', path: folder };
  const hashes = { 'SHA-256': file.sha256 };
  const parent = directory === null ? {} : { parent_directory_ref: directory.id };
  const object: StixObject = { type: 'file', id: observableId('file', { hashes, name, ...parent }), spec_version: '2.1', hashes, name, size: file.size, ...parent };
  return { file: object, all: directory === null ? [object] : [directory, object] };
}

/** The web server that loads components. */
export function softwareObject(iisVersion: string | null): StixObject {
  const facts = { name: 'Internet Information Services', vendor: 'Microsoft', ...(iisVersion === null ? {} : { version: visible(iisVersion) }) };
  return { type: 'software', id: observableId('software', facts), spec_version: '2.1', ...facts };
}

/** Each of a component's files once. */
export function filesOf(component: Component): readonly ComponentFile[] {
  const files = [component.file, component.file32].filter((f) => f !== null && /^[0-9a-f]{64}$/.test(f.sha256)) as ComponentFile[];
  return files.filter((f, i) => files.findIndex((g) => g.sha256 === f.sha256 && g.path === f.path) === i);
}
