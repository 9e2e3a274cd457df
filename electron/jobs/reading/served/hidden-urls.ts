import { foldCase } from '../../../../shared/base/compare.ts';
import { pathOfUrl } from '../../../iis/index.ts';
import type { EvidenceRef } from '../../../../shared/model/index.ts';
import type { HiddenUrls } from '../../../findings/index.ts';
import type { Connection } from '../../../store/store.ts';
import { type PathRows, rowsOfPath } from '../../../timeline/served/path-rows.ts';
import { Timeline } from '../../../timeline/timeline.ts';
import type { TracedRequest } from '../freb.ts';

/** What logs and traces still say of the URLs below one path of a site. */
export async function hiddenUrls(connection: Connection, server: string, requests: readonly TracedRequest[], site: string, path: string): Promise<HiddenUrls> {
  const { logged, errors, paths } = await rowsOfPath(connection, server, site, path);
  const timeline = new Timeline(connection);
  const withRef = async ({ event, rows, first, last }: PathRows): Promise<HiddenUrls['logged']> => ({ rows, first, last, ref: event === null ? null : ((await timeline.event(event))?.ref ?? null) });
  const folded = foldCase(path);
  const traces = requests.filter((r) => {
    if (r.server !== server || (r.site !== null && r.site !== site)) return false;
    const own = foldCase(pathOfUrl(r.url));
    return own === folded || own.startsWith(`${folded}/`);
  });
  const times = traces.flatMap((t) => (t.time === null ? [] : [t.time])).sort();
  const ref: EvidenceRef | null = traces[0]?.modules[0]?.ref ?? null;
  return { logged: await withRef(logged), errors: await withRef(errors), traces: { rows: traces.length, first: times[0] ?? null, last: times.at(-1) ?? null, ref }, paths };
}
