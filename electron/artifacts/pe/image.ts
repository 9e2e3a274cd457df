import { bytesAsText } from '../../../shared/base/bytes-as-text.ts';
import type { PeAnomaly } from '../../../shared/model/pe/index.ts';
import type { ByteView, Rva } from '../kit/bytes.ts';
import { LimitReached, ProblemList } from '../kit/findings.ts';
import type { AddressMap } from './address-map.ts';
import type { Headers } from './headers.ts';
import type { Section } from './sections.ts';

const MAX_ANOMALIES = 200;
/** A table of thousands of odd sections must not crowd out every other oddity. */
const MAX_OF_ONE_KIND = 50;
/** Text that one file may make us keep: tables can point 65,536 times at the same long name. */
const TEXT_BUDGET = 8 * 1024 * 1024;
/** Escaping bytes that are not UTF-8 is slow, so such text uses up the budget faster. */
const ODD_TEXT_COST = 16;

/** What the readers of the directories share: the bytes, where addresses lie in them, and where to say what is odd. */
export class Image {
  readonly view: ByteView;
  readonly headers: Headers;
  readonly sections: readonly Section[];
  readonly map: AddressMap;
  readonly problems: ProblemList;
  readonly anomalies: PeAnomaly[];
  readonly #kinds = new Map<string, number>();
  #text = TEXT_BUDGET;

  constructor(view: ByteView, headers: Headers, sections: readonly Section[], map: AddressMap, problems: ProblemList, anomalies: PeAnomaly[]) {
    this.view = view;
    this.headers = headers;
    this.sections = sections;
    this.map = map;
    this.problems = problems;
    this.anomalies = anomalies;
  }

  /** Adds an anomaly unless the list is full, or full of its kind. */
  anomaly(id: string, offset: number, message: string): void {
    const known = this.#kinds.get(id) ?? 0;
    if (known >= MAX_OF_ONE_KIND || this.anomalies.length >= MAX_ANOMALIES) return;
    this.#kinds.set(id, known + 1);
    this.anomalies.push({ id, offset, message });
  }

  /** NUL-terminated name at a file offset. @throws LimitReached when the file's text budget is used up. */
  text(offset: number, max: number): string {
    const bytes = this.view.untilNul(offset, max);
    const text = bytesAsText(bytes);
    this.#text -= (bytes.length + 16) * (text.length > bytes.length ? ODD_TEXT_COST : 1);
    if (this.#text < 0) throw new LimitReached(`names of more than ${TEXT_BUDGET} bytes`);
    return text;
  }

  /** NUL-terminated name at an RVA, or null when the RVA lies in no part of the file. */
  textAt(rva: Rva, max: number): string | null {
    const offset = this.map.offset(rva);
    return offset === null ? null : this.text(offset, Math.min(max, this.map.available(rva)));
  }
}
