import type { ContentFacts, ReadContent } from '../../kit/cms/index.ts';
import { digestName, readAlgorithm } from '../../kit/cms/index.ts';
import { TAG } from '../../kit/der.ts';
import { hexOf, octetsOf, oidOf } from '../../kit/der-values.ts';
import type { ImageDigests } from './digests.ts';
import type { SignedLayout } from './layout.ts';
import { readPageHashes } from './page-hashes.ts';

const INDIRECT_DATA = '1.3.6.1.4.1.311.2.1.4';
const PE_IMAGE_DATA = '1.3.6.1.4.1.311.2.1.15';

/**
 * Reads SpcIndirectDataContent ("Windows Authenticode Portable Executable Signature Format") and compares the digest in it
 * with that of the image.
 * @param digests null when the image has none
 */
export function imageContent(layout: SignedLayout, digests: ImageDigests | null): ReadContent {
  return (contentType, content): ContentFacts => {
    const facts: ContentFacts = { digestAlgorithm: null, signedDigest: null, actualDigest: null, digestMatches: null, pageHashes: null, remarks: [], malformed: [] };
    if (contentType !== INDIRECT_DATA || content === null) {
      facts.malformed.push(`the signature is over content of type ${contentType}, not over a program file`);
      return facts;
    }
    const data = content.child(0, TAG.sequence);
    const kind = oidOf(data.child(0));
    if (kind !== PE_IMAGE_DATA) facts.malformed.push(`the signature says that it is over another kind of file (${kind})`);
    const info = content.child(1, TAG.sequence);
    const { oid } = readAlgorithm(info.child(0));
    const name = digestName(oid);
    facts.signedDigest = hexOf(octetsOf(info.child(1, TAG.octets)));
    facts.digestAlgorithm = name ?? oid;
    if (name === null) facts.malformed.push(`the digest algorithm ${oid} is not known`);
    else if (digests === null) facts.malformed.push('the headers do not allow a digest of the image');
    else {
      facts.actualDigest = digests.get(name);
      facts.digestMatches = facts.actualDigest === facts.signedDigest;
    }
    facts.pageHashes = readPageHashes(data.children[1], layout);
    return facts;
  };
}
