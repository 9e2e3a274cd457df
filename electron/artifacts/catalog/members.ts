import type { CatalogMember } from '../../../shared/model/pe/catalog.ts';
import type { ProblemList } from '../kit/findings.ts';
import { describeMember } from './member.ts';
import { INDIRECT_DATA } from './oids.ts';
import { OCTETS, OID, SEQUENCE, SET, Tlv } from './tlv.ts';
import type { WantedDigests } from './wanted.ts';

/** Bytes of a SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512. */
const RAW_LENGTHS: ReadonlySet<number> = new Set([20, 28, 32, 48, 64]);
/** The same as UTF-16 hexadecimal text with a closing NUL, and without. */
const TEXT_LENGTHS: ReadonlySet<number> = new Set([...RAW_LENGTHS].flatMap((n) => [n * 4, n * 4 + 2]));

export interface FoundMembers {
  readonly members: number;
  readonly hits: readonly CatalogMember[];
}

/** Where the signed digest of a member stands, or nowhere (`start` -1). */
interface Place { start: number; end: number }

/**
 * Walks the members of a trust list (TrustedSubjects, wincrypt.h CTL_ENTRY): tag, then attributes, among them
 * SPC_INDIRECT_DATA with the digest. A damaged member becomes a problem, and the next one is read.
 * @param start range of the list's content
 */
export function findMembers(bytes: Uint8Array, start: number, end: number, wanted: WantedDigests, problems: ProblemList): FoundMembers {
  const walk = new MemberWalk(bytes, wanted);
  let members = 0;
  let at = start;
  const outer = new Tlv(bytes);
  problems.guard('list of members', start, () => {
    while (at < end) {
      outer.expect(SEQUENCE, at, end);
      const from = at;
      const { start: inside, end: next } = outer;
      at = next;
      members += 1;
      problems.guard(`member ${members}`, from, () => walk.member(from, inside, next));
    }
  });
  return { members, hits: [...walk.hits.values()] };
}

class MemberWalk {
  readonly #bytes: Uint8Array;
  readonly #wanted: WantedDigests;
  readonly #tlv: Tlv;
  readonly #digest: Place = { start: -1, end: -1 };
  /** The first of each hash; one that is not contradicted counts before one that is. */
  readonly hits = new Map<string, CatalogMember>();

  constructor(bytes: Uint8Array, wanted: WantedDigests) {
    this.#bytes = bytes;
    this.#wanted = wanted;
    this.#tlv = new Tlv(bytes);
  }

  member(at: number, start: number, end: number): void {
    const tlv = this.#tlv.expect(OCTETS, start, end);
    const tagStart = tlv.start;
    const tagEnd = tlv.end;
    const attributes = tagEnd < end ? tlv.expect(SET, tagEnd, end) : null;
    const from = attributes === null ? end : attributes.start;
    this.#findDigest(from, end);
    const byTag = this.#tagOf(tagStart, tagEnd);
    const { start: digestStart, end: digestEnd } = this.#digest;
    const byDigest = digestStart < 0 ? null : this.#wanted.raw(this.#bytes, digestStart, digestEnd);
    if (byTag !== null) {
      const contradicted = byDigest !== byTag && digestStart >= 0 && (digestEnd - digestStart) * 2 === byTag.length;
      this.#keep({ digest: byTag, by: byDigest === byTag ? 'both' : 'tag', contradicted }, at, from, end);
    }
    if (byDigest !== null && byDigest !== byTag) {
      const named = hashOf(this.#bytes, tagStart, tagEnd);
      this.#keep({ digest: byDigest, by: 'digest', contradicted: named !== null && named !== byDigest && named.length === byDigest.length }, at, from, end);
    }
  }

  #tagOf(start: number, end: number): string | null {
    const length = end - start;
    if (RAW_LENGTHS.has(length)) {
      const raw = this.#wanted.raw(this.#bytes, start, end);
      if (raw !== null) return raw;
    }
    return TEXT_LENGTHS.has(length) ? this.#wanted.utf16(this.#bytes, start, end) : null;
  }

  /** SPC_INDIRECT_DATA: SEQUENCE { data, messageDigest SEQUENCE { algorithm SEQUENCE, digest OCTET STRING } } in a SET. */
  #findDigest(start: number, end: number): void {
    const tlv = this.#tlv;
    this.#digest.start = -1;
    for (let at = start; at < end; ) {
      const attribute = tlv.expect(SEQUENCE, at, end);
      const inside = attribute.start;
      const next = attribute.end;
      at = next;
      tlv.expect(OID, inside, next);
      if (!tlv.is(INDIRECT_DATA)) continue;
      tlv.expect(SET, tlv.end, next);
      tlv.expect(SEQUENCE, tlv.start, tlv.end);
      const dataEnd = tlv.end;
      tlv.expect(SEQUENCE, tlv.start, dataEnd);
      tlv.expect(SEQUENCE, tlv.end, dataEnd);
      const infoEnd = tlv.end;
      tlv.expect(SEQUENCE, tlv.start, infoEnd);
      tlv.expect(OCTETS, tlv.end, infoEnd);
      this.#digest.start = tlv.start;
      this.#digest.end = tlv.end;
      return;
    }
  }

  #keep(found: Pick<CatalogMember, 'digest' | 'by' | 'contradicted'>, at: number, start: number, end: number): void {
    const known = this.hits.get(found.digest);
    if (known !== undefined && (!known.contradicted || found.contradicted)) return;
    this.hits.set(found.digest, { ...found, ...describeMember(this.#bytes, start, end, found.digest), offset: at });
  }
}

/** The hash that a tag is, lower-case hex; null for a label. */
function hashOf(bytes: Uint8Array, start: number, end: number): string | null {
  const tag = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  if (RAW_LENGTHS.has(tag.length)) return tag.toString('hex');
  const text = TEXT_LENGTHS.has(tag.length) ? tag.toString('utf16le').replace(/\0$/, '') : '';
  return /^(?:[0-9a-f]{2})+$/i.test(text) ? text.toLowerCase() : null;
}
