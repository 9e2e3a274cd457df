import { UNKNOWN_MOMENT, type ConfigCopy, type ParseProblem, type Place, type TimeFidelity } from '../../../shared/model/index.ts';
import { compareBy, foldCase } from '../../../shared/base/compare.ts';
import { parseInstant } from '../../../shared/time/instant.ts';
import { historyArtifacts } from '../../artifacts/registry.ts';
import type { ConfigurationFile } from '../../iis/configuration-files.ts';
import type { FoundCopy } from './found-copies.ts';
import type { KnownConfiguration } from './known-configuration.ts';
import { chainOf, orderCopies } from './order-copies.ts';

/** The applicationHost.config in force. */
export const LIVE_COPY = 'live';

export interface Copy {
  readonly copy: ConfigCopy;
  readonly file: ConfigurationFile;
}

/** The states of one configuration file that the evidence has, oldest first. */
export interface Lineage {
  /** Windows path of the file, or null where it came alone. */
  readonly of: string | null;
  readonly copies: readonly Copy[];
  /** Whether the last of them is the file in force. */
  readonly live: boolean;
}

export interface PlacedProblem {
  readonly place: Place;
  readonly found: ParseProblem;
}

/** What is known of a server when its copies are ordered. */
export interface CopySettings {
  readonly server: string;
  readonly fidelity: TimeFidelity;
  /** Windows path of the history folder in use. */
  readonly historyFolder: string;
}

const OUT_OF_ORDER = 'The file times of the configuration copies run against their folder numbers: a time was set, or a folder was renamed. The numbers were used.';
const NEWER = 'Its file time is later than that of the file in force, and the content is another: the file in force was put back from an older state, or a time was set.';
const DAMAGED = 'This copy of the configuration is damaged: it is passed over when the copies are compared, because what is missing in it was not removed.';

/** A file that came alone, as a line of one. */
export function loneLine(server: string, live: KnownConfiguration, fidelity: TimeFidelity): Lineage {
  const { configuration: file } = live;
  const moment = historyArtifacts()[0]?.momentOf(1, live.modified, fidelity) ?? UNKNOWN_MOMENT;
  const copy: ConfigCopy = { id: LIVE_COPY, series: 'live', of: null, server, order: 1, moment, path: file.path, evidencePath: file.evidencePath, sha256: file.sha256 };
  return { of: null, copies: [{ copy, file }], live: true };
}

/** Every file of which there are copies, each with its line; what pools were started with stands in none. */
export function lineagesOf(found: readonly FoundCopy[], settings: CopySettings): { readonly lines: readonly Lineage[]; readonly problems: readonly PlacedProblem[] } {
  const byFile = new Map<string, FoundCopy[]>();
  for (const copy of found) {
    if (copy.series === 'pool') continue;
    const key = foldCase(copy.of);
    const list = byFile.get(key);
    if (list === undefined) byFile.set(key, [copy]);
    else list.push(copy);
  }
  const problems: PlacedProblem[] = [];
  const lines = [...byFile.values()].map((copies) => lineOf(copies, settings, problems));
  return { lines: lines.sort(compareBy((line) => foldCase(line.of ?? ''))), problems };
}

function lineOf(found: readonly FoundCopy[], settings: CopySettings, problems: PlacedProblem[]): Lineage {
  const live = found.find((copy) => copy.series === 'live') ?? null;
  const of = live?.of ?? found[0]?.of ?? '';
  const { list, outOfOrder } = orderCopies(found, live, chainOf(settings.historyFolder), settings.fidelity);
  const names = new IdBook(isHost(of) ? '' : `:${of}`);
  const copies = list.map(({ found: one, order }) => asCopy(one, names.take(one.label), of, order, settings));
  const last = copies.at(-1);
  if (outOfOrder && last !== undefined) problems.push({ place: placeOf(last), found: { kind: 'anomaly', message: OUT_OF_ORDER } });
  const liveTime = live === null ? null : timeOf(last);
  for (const copy of copies) {
    if (copies.length > 1 && !copy.file.document.complete) problems.push({ place: placeOf(copy), found: { kind: 'anomaly', message: DAMAGED } });
    const time = timeOf(copy);
    if (copy !== last && time !== null && liveTime !== null && time > liveTime && copy.copy.sha256 !== last?.copy.sha256) problems.push({ place: placeOf(copy), found: { kind: 'anomaly', message: NEWER } });
  }
  return { of, copies, live: live !== null };
}

const placeOf = ({ file }: Copy): Place => ({ path: file.path, evidencePath: file.evidencePath });
const timeOf = (copy: Copy | undefined): bigint | null => (copy === undefined || copy.copy.moment.time === null ? null : parseInstant(copy.copy.moment.time));

/** applicationHost.config at the place where every IIS has it. */
export function isHost(of: string): boolean {
  return /^[A-Z]:\\WINDOWS\\SYSTEM32\\INETSRV\\CONFIG\\APPLICATIONHOST\.CONFIG$/.test(foldCase(of));
}

export function asCopy(found: FoundCopy, id: string, of: string, order: number, { server, fidelity }: CopySettings): Copy {
  const { configuration: file, modified } = found.known;
  const moment = historyArtifacts()[0]?.momentOf(order, modified, fidelity) ?? UNKNOWN_MOMENT;
  return { copy: { id, series: found.series, of, server, order, moment, path: file.path, evidencePath: file.evidencePath, sha256: file.sha256 }, file };
}

/** Gives every copy of a server an id of its own. */
export class IdBook {
  readonly #behind: string;
  readonly #counts = new Map<string, number>();

  constructor(behind: string) {
    this.#behind = behind;
  }

  take(label: string): string {
    const count = (this.#counts.get(label) ?? 0) + 1;
    this.#counts.set(label, count);
    return `${label}${count === 1 ? '' : ` (${count})`}${this.#behind}`;
  }
}
