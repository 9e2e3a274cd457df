import { z } from 'zod';
import data from './anchors.json' with { type: 'json' };

/** A certificate that chains may end at. Hashes are lower-case hex: `thumbprint` SHA-1 and `sha256` of the certificate, `spki` SHA-256 of its public key information. */
const TrustAnchor = z.object({
  name: z.string(),
  /** Who runs it. */
  owner: z.string(),
  kind: z.enum(['root', 'issuing-ca', 'added']),
  /** What a chain that ends here may be used for: signing programs, vouching for times. */
  uses: z.array(z.enum(['code', 'time'])),
  /** As signatures name it: most specific part first. */
  subject: z.string(),
  thumbprint: z.string().length(40), sha256: z.string().length(64), spki: z.string().length(64),
  /** Public key information in DER, base64; null where only the hash is known. */
  key: z.string().nullable(),
  notBefore: z.string(), notAfter: z.string(),
  /** `own`: it issues to its owner alone; `any`: also to others. */
  publishers: z.enum(['own', 'any']),
  /** Where the certificate is published or was found, and how its hashes were made. */
  source: z.string(), obtained: z.string(), date: z.string(),
});
export type TrustAnchor = Readonly<z.infer<typeof TrustAnchor>>;

const list = z.object({ title: z.string(), note: z.string(), date: z.string(), anchors: z.array(TrustAnchor) }).parse(data);

/** The anchors that ship with the program, by what they are good for. */
export const ANCHORS = {
  title: list.title,
  date: list.date,
  all: list.anchors as readonly TrustAnchor[],
  code: list.anchors.filter((a) => a.uses.includes('code')) as readonly TrustAnchor[],
  time: list.anchors.filter((a) => a.uses.includes('time')) as readonly TrustAnchor[],
} as const;
