import type { CatalogFacts, CatalogMember } from '../../../shared/model/pe/catalog.ts';
import type { ParseProblem, SignatureFacts } from '../../../shared/model/index.ts';
import { Malformed, OutOfBounds } from '../kit/bytes.ts';
import { type DerNode, readDer, TAG } from '../kit/der.ts';
import { hexOf, oidOf, timeOf } from '../kit/der-values.ts';
import { LimitReached, ProblemList } from '../kit/findings.ts';
import { nameValue } from './member.ts';
import { findMembers } from './members.ts';
import { CATALOG_LIST, MEMBER_V1, MEMBER_V2, NAMED_VALUE, SIGNED_DATA, TRUST_LIST } from './oids.ts';
import { catalogSignatures } from './signatures.ts';
import { sniffCatalog } from './sniff.ts';
import type { WantedDigests } from './wanted.ts';

export interface CatalogReading {
  /** Null when it is no catalog, or is damaged before its list begins. */
  readonly facts: CatalogFacts | null;
  /** The members that were asked for, in file order. */
  readonly hits: readonly CatalogMember[];
  /** Of the catalog itself; read only when a member was asked for and found. */
  readonly signatures: readonly SignatureFacts[];
  readonly problems: readonly ParseProblem[];
}

/** Attributes of the catalog as a whole that are kept. */
const MAX_ATTRIBUTES = 100;

/**
 * Reads a catalog: a signed list of hashes (PKCS #7 SignedData whose content is a CertificateTrustList, wincrypt.h).
 * Of the members only those that are wanted are looked at closely, and the signature only when there is one: a server
 * has thousands of catalogs of up to tens of thousands of members, nearly none of which says anything of its modules.
 * Never throws for any bytes.
 * @param wanted hashes of whole files and of programs without their signature, lower-case hex
 */
export function readCatalog(bytes: Uint8Array, wanted: WantedDigests): CatalogReading {
  const problems = new ProblemList();
  const nothing = { facts: null, hits: [], signatures: [] };
  if (bytes.length === 0) {
    problems.add('truncated', 'the catalog is empty', 0);
    return { ...nothing, problems: problems.list };
  }
  if (sniffCatalog(bytes.subarray(0, 1024)) === 'no') {
    problems.add('unsupported', 'not a catalog: no signed data (PKCS #7) at its beginning', 0);
    return { ...nothing, problems: problems.list };
  }
  const list = trustListOf(bytes, problems);
  if (list === null) return { ...nothing, problems: problems.list };
  const { facts, subjects } = list;
  if (subjects === null) return { ...nothing, facts, problems: problems.list };
  const { members, hits } = findMembers(bytes, subjects.contentAt, subjects.contentEnd, wanted, problems);
  const covering = hits.filter((hit) => !hit.contradicted);
  const signatures = covering.length === 0 ? [] : catalogSignatures(bytes);
  return { facts: { ...facts, members }, hits, signatures, problems: problems.list };
}

/** The trust list in the signed data, without its members. */
function trustListOf(bytes: Uint8Array, problems: ProblemList): { readonly facts: CatalogFacts; readonly subjects: DerNode | null } | null {
  try {
    const content = readDer(bytes).expect(TAG.sequence);
    if (oidOf(content.child(0)) !== SIGNED_DATA) throw new Malformed(0, 'the file is no signed data');
    const carried = content.child(1).child(0, TAG.sequence).child(2, TAG.sequence);
    const kind = oidOf(carried.child(0));
    if (kind !== TRUST_LIST) {
      problems.add('unsupported', `not a catalog: the signed content is of type ${kind}`, carried.at);
      return null;
    }
    return trustList(bytes, carried.child(1).child(0, TAG.sequence), problems);
  } catch (error) {
    if (error instanceof OutOfBounds) problems.add('truncated', `the catalog ends before its list of hashes does: ${error.message}`, error.offset);
    else if (error instanceof Malformed) problems.add('malformed', `catalog: ${error.message}`, error.offset);
    else if (error instanceof LimitReached) problems.add('limit', `catalog: ${error.message}`);
    else throw error;
    return null;
  }
}

/** CertificateTrustList: optional fields are told apart by their tags, the two lists by their order. */
function trustList(bytes: Uint8Array, list: DerNode, problems: ProblemList): { readonly facts: CatalogFacts; readonly subjects: DerNode | null } {
  const fields = list.children;
  const identifier = fields.find((f) => f.is(TAG.octets)) ?? null;
  const time = fields.find((f) => f.is(TAG.utcTime) || f.is(TAG.generalizedTime)) ?? null;
  const [usage, algorithm, subjects = null] = fields.filter((f) => f.is(TAG.sequence));
  const extensions = fields.find((f) => f.isContext(0)) ?? null;
  const purpose = usage?.children[0];
  if (purpose === undefined || oidOf(purpose) !== CATALOG_LIST) problems.add('unsupported', 'the list is not one of files: a trust list for another purpose', list.at);
  const method = algorithm?.children[0];
  const form = method === undefined ? '' : oidOf(method);
  const made = { time: null as string | null };
  if (time !== null) problems.guard('time of the catalog', time.at, () => void (made.time = timeOf(time)));
  return {
    facts: {
      listIdentifier: identifier === null ? null : hexOf(identifier.content.subarray(0, 64)), made: made.time,
      version: form === MEMBER_V1 ? 1 : form === MEMBER_V2 ? 2 : null, members: 0, attributes: extensions === null ? [] : attributesOf(bytes, extensions, problems),
    },
    subjects,
  };
}

/** `[0] { SEQUENCE OF SEQUENCE { OID, OCTET STRING { CAT_NAMEVALUE } } }`; other extensions are passed over. */
function attributesOf(bytes: Uint8Array, extensions: DerNode, problems: ProblemList): { name: string; value: string }[] {
  const found: { name: string; value: string }[] = [];
  problems.guard('attributes of the catalog', extensions.at, () => {
    for (const attribute of extensions.child(0, TAG.sequence).each()) {
      if (found.length === MAX_ATTRIBUTES) throw new LimitReached(`more than ${MAX_ATTRIBUTES} attributes`);
      const wrap = attribute.children.at(-1);
      if (oidOf(attribute.child(0)) !== NAMED_VALUE || wrap?.is(TAG.octets) !== true) continue;
      const pair = nameValue(bytes, wrap.contentAt, wrap.contentEnd);
      if (pair !== null) found.push(pair);
    }
  });
  return found;
}
