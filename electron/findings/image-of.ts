import type { ComponentFile } from '../../shared/model/index.ts';
import type { ImageFacts, ImageIndex } from '../components/index.ts';

const BY_PLACE = new WeakMap<ImageIndex, ReadonlyMap<string, ImageFacts>>();

/** What was read of a file, or null; many rules ask, so the places of all files are listed once. */
export function imageOf(images: ImageIndex, file: ComponentFile | null): ImageFacts | null {
  if (file === null) return null;
  const known = BY_PLACE.get(images) ?? new Map(images.all.map((image) => [image.place.evidencePath, image]));
  BY_PLACE.set(images, known);
  return known.get(file.evidencePath) ?? null;
}
