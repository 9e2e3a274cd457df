import { foldCase } from '../../../shared/base/compare.ts';
import { networkRange, parseAddress } from '../../../shared/query/network.ts';
import type { AnalystList, IndicatorKind } from '../../../shared/model/index.ts';
import { canonicalImage, fileName, parseTypeName } from '../../knowledge/index.ts';
import { networkOf } from '../read/guess.ts';
import type { Entry } from './entry.ts';
import { ManyTexts } from './many-texts.ts';

interface Range { readonly version: 4 | 6; readonly from: bigint; readonly to: bigint; readonly entry: Entry }

/** Networks that are not single addresses; each is looked at for every address. */
const MAX_NETWORKS = 5000;

/** All lines of all lists, ordered by how they are looked up. */
export class IndicatorIndex {
  readonly #exact = new Map<string, Entry[]>();
  /** Paths by their last name: absolute and relative ones are told apart when that is found. */
  readonly #paths = new Map<string, { readonly path: string; readonly absolute: boolean; readonly entry: Entry }[]>();
  readonly #networks: Range[] = [];
  readonly #textEntries: Entry[] = [];
  readonly #texts: ManyTexts;
  readonly kinds: ReadonlySet<IndicatorKind>;
  /** Lines that did not fit within the bounds. */
  readonly left: number;

  constructor(lists: readonly Pick<AnalystList, 'id' | 'name' | 'indicators'>[]) {
    let left = 0;
    const kinds = new Set<IndicatorKind>();
    for (const { id, name, indicators } of lists) {
      const list = { id, name };
      for (const indicator of indicators) {
        kinds.add(indicator.kind);
        const entry = { list, indicator };
        if (indicator.kind === 'text') this.#textEntries.push(entry);
        else if (indicator.kind === 'path') this.#addPath(entry);
        else if (indicator.kind !== 'ip') this.#add(indicator.kind, keyOf(indicator.kind, indicator.value), entry);
        else if (!this.#addNetwork(entry)) left += 1;
      }
    }
    this.kinds = kinds;
    this.#texts = new ManyTexts(this.#textEntries.map((e) => foldCase(e.indicator.value)));
    this.left = left + this.#texts.left;
  }

  get empty(): boolean {
    return this.kinds.size === 0;
  }

  hasAny(...kinds: readonly IndicatorKind[]): boolean {
    return kinds.some((kind) => this.kinds.has(kind));
  }

  /** Lines of a kind that are compared as a whole. */
  exact(kind: IndicatorKind, value: string): readonly Entry[] {
    return this.kinds.has(kind) ? (this.#exact.get(`${kind} ${keyOf(kind, value)}`) ?? []) : [];
  }

  /** Free texts that stand anywhere in the value, without letter case. */
  texts(value: string): readonly Entry[] {
    if (this.#texts.empty) return [];
    return [...this.#texts.find(foldCase(value))].sort((a, b) => a - b).flatMap((i) => this.#textEntries[i] ?? []);
  }

  /** Lines with the path, or with the end of it. @param path of Windows, as the server named it or as the configuration writes it */
  path(path: string): readonly Entry[] {
    const near = this.#paths.get(foldCase(fileName(path)));
    if (near === undefined) return [];
    const whole = canonicalImage(path);
    return near.filter((p) => (p.absolute ? whole === p.path && sameDrive(p.entry.indicator.value, path) : whole.endsWith(`\\${p.path}`))).map((p) => p.entry);
  }

  /** Lines with the address or a network that it lies in. */
  address(text: string): readonly Entry[] {
    const address = this.kinds.has('ip') ? parseAddress(text) : null;
    if (address === null) return [];
    const single = this.#exact.get(`ip ${address.version} ${address.value}`) ?? [];
    const wide = this.#networks.filter((n) => n.version === address.version && address.value >= n.from && address.value <= n.to);
    return [...single, ...wide.map((n) => n.entry)];
  }

  #add(kind: IndicatorKind, key: string, entry: Entry): void {
    const place = `${kind} ${key}`;
    const known = this.#exact.get(place);
    if (known === undefined) this.#exact.set(place, [entry]);
    else known.push(entry);
  }

  #addPath(entry: Entry): void {
    const { value } = entry.indicator;
    const last = foldCase(fileName(value));
    const known = this.#paths.get(last) ?? [];
    known.push({ path: canonicalImage(value.replace(/^[\\/](?![\\/])/, '')), absolute: /^(?:[a-z]:|\\\\|%)/i.test(value), entry });
    this.#paths.set(last, known);
  }

  #addNetwork(entry: Entry): boolean {
    const network = networkOf(entry.indicator.value);
    if (network === null) return false;
    const range = networkRange(network.address, network.bits, network.version) ?? mapped(network);
    if (range === null) return false;
    if (range.from === range.to) {
      this.#add('ip', `${network.version} ${range.from}`, entry);
      return true;
    }
    if (this.#networks.length >= MAX_NETWORKS) return false;
    this.#networks.push({ version: network.version, ...range, entry });
    return true;
  }
}

/** The canonical spelling leaves the drive open, because a variable does not name one. */
function sameDrive(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => /^([a-z]):/i.exec(text)?.[1]?.toUpperCase());
  return one === undefined || other === undefined || one === other;
}

/** `::ffff:192.0.2.1` is an address of version 4 that is written as one of version 6. */
function mapped({ address, bits }: { readonly address: string; readonly bits: number }): { readonly from: bigint; readonly to: bigint } | null {
  const value = parseAddress(address)?.value;
  return value === undefined || bits < 96 ? null : { from: value, to: value };
}

/** The spelling in which two values of a kind are the same. */
function keyOf(kind: IndicatorKind, value: string): string {
  if (kind === 'user-agent') return foldCase(value.replaceAll('+', ' '));
  if (kind === 'header') return foldCase(value).replace(/^CS\((.*)\)$/, '$1');
  if (kind === 'pdb') return foldCase(value.replaceAll('/', '\\'));
  if (kind === 'type') return foldCase(parseTypeName(value).type);
  if (kind === 'url-path') return foldCase(value.length > 1 ? value.replace(/\/$/, '') : value);
  return foldCase(value);
}
