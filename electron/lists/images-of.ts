import type { Component } from '../../shared/model/index.ts';

/**
 * What the registrations of a component start, as written and each once: one program is one component whatever it is told to do
 * (`python.exe|C:\\app\\run.py`), and what a list says of one command says nothing of another. Everything else has its one image.
 */
export function imagesOf({ kind, image, registrations }: Pick<Component, 'kind' | 'image' | 'registrations'>): (string | null)[] {
  if (kind !== 'cgi') return [image];
  const commands = registrations.flatMap((r) => r.attributes.flatMap((a) => (a.name === 'scriptProcessor' && a.value !== '' ? [a.value] : [])));
  return [...new Set([image, ...commands])];
}
