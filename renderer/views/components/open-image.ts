import type { Workbench } from '../../state/workbench.ts';

/** Shows a program file by its hash, whatever else it is called. Where a piece of it is given, its bytes are shown. */
export function openImage(wb: Workbench, sha256: string, place?: { readonly offset: number; readonly length: number }): void {
  const where: Readonly<Record<string, string>> = place === undefined ? {} : { offset: String(place.offset), length: String(place.length) };
  if (place === undefined) wb.store.getState().setProgram({ tab: 'summary' });
  wb.store.getState().navigate('components', { image: sha256, ...where });
}
