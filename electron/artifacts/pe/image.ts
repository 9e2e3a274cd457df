import { bytesAsText } from '../../../shared/base/bytes-as-text.ts';
import type { PeAnomaly } from '../../../shared/model/pe/index.ts';
import type { ByteView } from '../kit/bytes.ts';
import { LimitReached, ProblemList } from '../kit/findings.ts';
import type { AddressMap } from './address-map.ts';
import type { Headers } from './headers.ts';
import type { Section } from './sections.ts';

const MAX_ANOMALIES = 200;
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
  #text = TEXT_BUDGET;

  constructor(view: ByteView, headers: Headers, sections: readonly Section[], map: AddressMap, problems: ProblemList, anomalies: PeAnomaly[]) {
    this.view = view;
    this.headers = headers;
    this.sections = sections;
    this.map = map;
    this.problems = problems;
    this.anomalies = anomalies;
  }

  anomaly(id: string, offset: number, message: string): void {
    addAnomaly(this.anomalies, id, offset, message);
  }

  /** NUL-terminated name at a file offset. @throws LimitReached when the file's text budget is used up. */
  text(offset: number, max: number): string {
    const bytes = this.view.untilNul(offset, max);
    const plain = asciiText(bytes);
    this.#text -= (bytes.length + 16) * (plain === null ? ODD_TEXT_COST : 1);
    if (this.#text < 0) throw new LimitReached(`names of more than ${TEXT_BUDGET} bytes`);
    return plain ?? bytesAsText(bytes);
  }

  /** NUL-terminated name at an RVA, or null when the RVA lies in no part of the file. */
  textAt(rva: number, max: number): string | null {
    const offset = this.map.offset(rva);
    return offset === null ? null : this.text(offset, Math.min(max, this.map.available(rva)));
  }
}

/** Adds an anomaly unless the list is full. */
export function addAnomaly(list: PeAnomaly[], id: string, offset: number, message: string): void {
  if (list.length < MAX_ANOMALIES) list.push({ id, offset, message });
}

function asciiText(bytes: Uint8Array): string | null {
  let out = '';
  for (const byte of bytes) {
    if (byte >= 0x80) return null;
    out += String.fromCharCode(byte);
  }
  return out;
}
