import { UNKNOWN_MOMENT, type ConfigCopy, type Moment, type ParseProblem, type TimeFidelity } from '../../../shared/model/index.ts';
import { foldCase } from '../../../shared/base/compare.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { historyArtifacts } from '../../artifacts/registry.ts';
import type { ConfigurationFile } from '../../iis/configuration-files.ts';
import type { KnownConfiguration } from './known-configuration.ts';

export const LIVE_COPY = 'live';

/** History copies of applicationHost.config in the order of their numbers, and the file in force as the last. */
export function configurationCopies(server: string, own: readonly KnownConfiguration[], live: KnownConfiguration, fidelity: TimeFidelity): {
  readonly list: readonly { readonly copy: ConfigCopy; readonly file: ConfigurationFile }[];
  readonly problems: readonly ParseProblem[];
} {
  const [artifact] = historyArtifacts();
  const momentOf = (order: number, modified: string | null): Moment => artifact?.momentOf(order, modified, fidelity) ?? UNKNOWN_MOMENT;
  const saved = own
    .filter((k) => k.role.kind === 'history' && foldCase(k.configuration.evidencePath).endsWith('/APPLICATIONHOST.CONFIG'))
    .flatMap((known) => {
      const order = artifact?.locate(known.configuration.evidencePath)?.order;
      return order === undefined ? [] : [{ known, order }];
    })
    .sort((a, b) => a.order - b.order);
  const list = saved.map(({ known, order }) => ({
    copy: copyOf(server, known.role.copy ?? `copy ${order}`, order, momentOf(order, known.modified), known.configuration),
    file: known.configuration,
  }));
  const last = (saved.at(-1)?.order ?? 0) + 1;
  list.push({ copy: copyOf(server, LIVE_COPY, last, momentOf(last, live.modified), live.configuration), file: live.configuration });
  const times = saved.map(({ known, order }) => ({ order, modified: known.modified === null ? null : parseInstant(known.modified) }));
  const problems: ParseProblem[] = artifact?.outOfOrder(times) === true
    ? [{ kind: 'anomaly', message: 'The file times of the configuration copies run against their folder numbers: a time was set, or a folder was renamed. The numbers were used.' }]
    : [];
  return { list, problems };
}

function copyOf(server: string, id: string, order: number, moment: ConfigCopy['moment'], file: ConfigurationFile): ConfigCopy {
  return { id, series: id === LIVE_COPY ? 'live' : 'history', of: null, server, order, moment, path: file.path, evidencePath: file.evidencePath, sha256: file.sha256 };
}
