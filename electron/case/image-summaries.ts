import { z } from 'zod';
import { PeKind, PeSection } from '../../shared/model/index.ts';
import type { CaseFile } from './case.ts';
import { documentSteps } from './document-steps.ts';
import { count, parsed, text } from './rows.ts';
import type { Connection, Row } from '../store/store.ts';

/** A file with more signatures than these is compared by the first of them. */
const SIGNATURES = 8;

/** Where each field of a summary stands in the stored document. */
const PATHS = {
  machine: '$.facts.machine', isDll: '$.facts.isDll', kinds: '$.facts.kinds', timestamp: '$.facts.timestamp', imphash: '$.facts.imphash', richHash: '$.facts.richHash',
  sections: '$.facts.sections', pdb: '$.facts.pdb', versionInfo: '$.facts.versionInfo', identity: '$.facts.identity', mvid: '$.facts.clr.mvid', assembly: '$.facts.clr.assembly',
  anomalies: '$.facts.anomalies', obfuscation: '$.facts.clr.obfuscation', hides: '$.facts.capabilities', status: '$.authenticode.status', signers: '$.authenticode.signers',
} as const;

const CHAINS = Array.from({ length: SIGNATURES }, (_, i) => `$.facts.signatures.signatures[${i}].chain[0]`);

/** What is remarkable about the signatures of a file that hold. */
const REMARKS = ['$.facts.signatures.table.malformed', '$.facts.signatures.table.remarks', ...Array.from({ length: SIGNATURES }, (_, i) => `$.facts.signatures.signatures[${i}].remarks`)];

const Signer = z.object({ subject: z.string(), thumbprint: z.string() });
const Section = PeSection.pick({ sha256: true, entropy: true });

/** What lists and comparisons need of a program file: facts can be a hundred times as large. */
const Summary = z.object({
  machine: z.string(), isDll: z.boolean(), kinds: z.array(PeKind), timestamp: z.object({ value: z.number(), time: z.string().nullable() }),
  imphash: z.string().nullable(), richHash: z.string().nullable(), sections: z.array(Section), pdb: z.array(z.string()), versionInfo: z.record(z.string(), z.string()),
  identity: z.object({ md5: z.string(), sha1: z.string(), tlsh: z.string().nullable(), exportSet: z.string().nullable() }).nullable(),
  mvid: z.string().nullable(), assembly: z.string().nullable(), anomalies: z.array(z.unknown()).transform((all) => all.length),
  obfuscation: z.array(z.unknown()).nullable().transform((marks) => marks?.length ?? 0),
  /** Abilities that serve to hide. */
  hides: z.array(z.object({ group: z.string().optional() })).nullable().transform((all) => all?.filter((one) => one.group === 'hides').length ?? 0),
  status: z.string().nullable(), signers: z.array(Signer).nullable(),
  /** Who signed by the file's own bytes, trusted or not, in the order of its signatures. */
  signedBy: z.array(Signer),
  /** How many remarks the certificate table and the signatures have. */
  remarks: z.array(z.array(z.unknown())).transform((lists) => lists.reduce((sum, list) => sum + list.length, 0)),
});
export type ImageSummary = z.infer<typeof Summary> & { readonly sha256: string };

interface Kept { readonly seq: number; readonly summaries: Promise<readonly ImageSummary[]> }
const kept = new WeakMap<CaseFile, Kept>();

/** Of all program files, in order of sha256. They are made again only after program files were stored anew. */
export async function imageSummaries(file: CaseFile): Promise<readonly ImageSummary[]> {
  const [row] = await file.connection.all(`select coalesce(max(seq), 0) as n from journal where action = 'replace.pe'`);
  const seq = row === undefined ? 0 : count(row, 'n');
  const known = kept.get(file);
  if (known?.seq === seq) return known.summaries;
  const summaries = readSummaries(file.connection);
  kept.set(file, { seq, summaries });
  summaries.catch(() => kept.delete(file));
  return summaries;
}

async function readSummaries(connection: Connection): Promise<ImageSummary[]> {
  // One list of paths: every call of its own would parse the whole text again.
  const list = [...Object.values(PATHS), ...CHAINS, ...REMARKS].map((path) => `'${path}'`).join(', ');
  const out: ImageSummary[] = [];
  for await (const rows of documentSteps(connection, 'pe', `id, to_json(json_extract(doc, [${list}]))::VARCHAR as fields`)) {
    for (const [i, row] of rows.entries()) {
      out.push(summaryOf(row));
      // Other requests are answered in between.
      if (i % 32 === 31) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return out.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}

const PLAIN_FIELDS = Object.keys(PATHS).length;
const Fields = z.array(z.unknown()).transform((values) => ({
  ...Object.fromEntries(Object.keys(PATHS).map((name, i) => [name, values[i]])),
  signedBy: values.slice(PLAIN_FIELDS, PLAIN_FIELDS + SIGNATURES).filter((chain) => chain !== null),
  remarks: values.slice(PLAIN_FIELDS + SIGNATURES).filter((list) => list !== null),
})).pipe(Summary);

function summaryOf(row: Row): ImageSummary {
  const sha256 = text(row, 'id');
  return { sha256, ...parsed(Fields, text(row, 'fields'), `pe ${sha256}`) };
}
