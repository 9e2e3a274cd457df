import type { CatalogMember } from '../../../shared/model/pe/catalog.ts';
import { Malformed, OutOfBounds } from '../kit/bytes.ts';
import { DIGESTS, INDIRECT_DATA, MEMBER_INFO_2, NAME_VALUE, PAGE_HASHES, PE_IMAGE, PLAIN_LINK } from './oids.ts';
import { OCTETS, OID, SEQUENCE, SET, Tlv } from './tlv.ts';

type Description = Pick<CatalogMember, 'algorithm' | 'form' | 'file' | 'pageHashes'>;

const BY_LENGTH: ReadonlyMap<number, string> = new Map([[40, 'sha1'], [56, 'sha224'], [64, 'sha256'], [96, 'sha384'], [128, 'sha512']]);
/** Characters of a name that are kept. */
const MAX_NAME = 512;
/** Elements below the moniker of page hashes; real ones have seven. */
const MAX_DEPTH = 12;

/**
 * What a member says besides its hash, for one that is wanted: name of the file, whether it is a program, page hashes.
 * What of it is damaged is left out; whether a member is damaged is told by the walk over all of them.
 * @param start range of the attributes' content
 */
export function describeMember(bytes: Uint8Array, start: number, end: number, digest: string): Description {
  const found: { algorithm: string; form: 'pe' | 'flat' | null; file: string | null; pageHashes: CatalogMember['pageHashes'] } = {
    algorithm: BY_LENGTH.get(digest.length) ?? 'unknown', form: null, file: null, pageHashes: null,
  };
  try {
    for (let at = start; at < end; ) {
      const tlv = new Tlv(bytes).expect(SEQUENCE, at, end);
      const { start: inside, end: next } = tlv;
      at = next;
      const oid = new Tlv(bytes).expect(OID, inside, next);
      const values = new Tlv(bytes).expect(SET, oid.end, next);
      if (oid.is(NAME_VALUE)) {
        const pair = nameValue(bytes, values.start, values.end);
        if (pair?.name.toLowerCase() === 'file') found.file = pair.value;
      } else if (oid.is(MEMBER_INFO_2)) found.form ??= formOf(new Tlv(bytes).next(values.start, values.end).tag);
      else if (oid.is(INDIRECT_DATA)) Object.assign(found, indirect(bytes, values.start, values.end, digest));
    }
  } catch (error) {
    if (!(error instanceof OutOfBounds) && !(error instanceof Malformed)) throw error;
  }
  return found;
}

/** CAT_NAMEVALUE: SEQUENCE { tag BMPString (UTF-16, big-endian), flags INTEGER, value OCTET STRING (UTF-16, little-endian, closing NUL) }. */
export function nameValue(bytes: Uint8Array, start: number, end: number): { readonly name: string; readonly value: string } | null {
  const pair = new Tlv(bytes).expect(SEQUENCE, start, end);
  const name = new Tlv(bytes).next(pair.start, pair.end);
  const flags = new Tlv(bytes).next(name.end, pair.end);
  const value = new Tlv(bytes).next(flags.end, pair.end);
  if (name.tag !== 0x1e || value.tag !== OCTETS) return null;
  const swapped = Buffer.from(bytes.subarray(name.start, Math.min(name.end, name.start + MAX_NAME * 2)));
  if (swapped.length % 2 !== 0) return null;
  return { name: swapped.swap16().toString('utf16le'), value: wide(bytes, value.start, value.end) };
}

/** Choice of CAT_MEMBERINFO2: `[0]` stands for a program, `[2]` for any other file. Seen in catalogs; not documented. */
function formOf(tag: number): 'pe' | 'flat' | null {
  return tag === 0x80 ? 'pe' : tag === 0x82 ? 'flat' : null;
}

function wide(bytes: Uint8Array, start: number, end: number): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, Math.min(end - start, MAX_NAME * 2)).toString('utf16le');
  return text.replace(/\0+$/, '');
}

function indirect(bytes: Uint8Array, start: number, end: number, digest: string): Partial<Description> {
  const whole = new Tlv(bytes).expect(SEQUENCE, start, end);
  const data = new Tlv(bytes).expect(SEQUENCE, whole.start, whole.end);
  const kind = new Tlv(bytes).expect(OID, data.start, data.end);
  const info = new Tlv(bytes).expect(SEQUENCE, data.end, whole.end);
  const algorithm = new Tlv(bytes).expect(SEQUENCE, info.start, info.end);
  const value = new Tlv(bytes).expect(OCTETS, algorithm.end, info.end);
  const name = DIGESTS.get(new Tlv(bytes).expect(OID, algorithm.start, algorithm.end).text());
  const form = kind.is(PE_IMAGE) ? 'pe' : kind.is(PLAIN_LINK) ? 'flat' : null;
  const own = value.end - value.start === digest.length / 2;
  return { ...(form === null ? {} : { form }), ...(own && name !== undefined ? { algorithm: name } : {}), pageHashes: form === 'pe' ? pageHashesIn(bytes, kind.end, data.end, 0) : null };
}

/**
 * The page hashes that SPC_PE_IMAGE_DATA may carry in a moniker: SET { SEQUENCE { OID, SET { OCTET STRING } } } somewhere
 * below. Each entry is the offset of a page (4 bytes) and its hash.
 */
function pageHashesIn(bytes: Uint8Array, start: number, end: number, depth: number): CatalogMember['pageHashes'] {
  if (depth > MAX_DEPTH) return null;
  let kind: { readonly algorithm: string; readonly width: number } | undefined;
  for (let at = start; at < end; ) {
    const tlv = new Tlv(bytes).next(at, end);
    at = tlv.end;
    if (tlv.tag === OID) kind = PAGE_HASHES.get(tlv.text());
    else if (kind !== undefined && tlv.tag === SET) {
      const list = new Tlv(bytes).expect(OCTETS, tlv.start, tlv.end);
      return { algorithm: kind.algorithm, pages: Math.floor((list.end - list.start) / (kind.width + 4)) };
    } else if ((tlv.tag & 0x20) !== 0 || (depth > 0 && tlv.tag === OCTETS && bytes[tlv.start] === SET)) {
      const found = pageHashesIn(bytes, tlv.start, tlv.end, depth + 1);
      if (found !== null) return found;
    }
  }
  return null;
}
