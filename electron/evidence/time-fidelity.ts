import type { Layout, TimeFidelity } from '../../shared/model/index.ts';
import type { EvidenceSource } from './source.ts';

/**
 * Which file times may be read as the server's.
 * - `tree`: a mounted volume keeps all of them; a plain copy or a zip only the modification time. The source tells
 *   the two apart by the creation times that it found.
 * - `kape`: the copies carry the original modification time; creation times are reset where the container is a VHDX.
 * - `velociraptor`: zip entries carry the modification time; the others stand in the collector's result files.
 * - `acquire`: a tar holds the modification time only.
 * - `ftk`: exported files are created at export; the modification time is kept.
 * - `loose`: files of unknown origin; their times are those of whoever put them there.
 *
 * A zip or a single file never gives more than the modification time, whatever the layout.
 */
export function timeFidelityOf(layout: Layout, source: Pick<EvidenceSource, 'kind' | 'timeFidelity'>): TimeFidelity {
  if (layout === 'loose' || source.timeFidelity === 'none') return 'none';
  return layout === 'tree' && source.kind === 'folder' ? source.timeFidelity : 'mtime-only';
}
