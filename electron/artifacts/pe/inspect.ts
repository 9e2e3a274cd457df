import type { InspectDocument } from '../../../shared/contract/cli/documents.ts';
import { examinePe } from './examine.ts';

/** Everything that `inspect` prints except what the caller knows of the file itself. */
export type PeInspection = Omit<InspectDocument, 'schema' | 'sha256' | 'size'>;

/** Facts are read here; the caller judges them. */
const NOT_CHECKED: InspectDocument['authenticode'] = {
  status: 'not-checked', reasons: ['whom to trust is not for the reader of one file to say'], signers: [], digestAlgorithm: null, digestMatches: null,
  timestamp: null, nested: 0, catalog: null,
};

/**
 * @param bytes the whole file
 * @param fileName name without folders, to compare with the name that the DLL calls itself
 */
export function inspectPe(bytes: Uint8Array, fileName?: string): PeInspection {
  const { facts, problems } = examinePe(bytes, fileName);
  const reported = problems.map(({ kind, message, offset }) => (offset === undefined ? { kind, message } : { kind, message, offset }));
  if (!facts) {
    return {
      machine: null, isDll: null, timestamp: null, imphash: null, richHash: null, exports: [], imports: [], delayImports: [], sections: [], pdb: [],
      versionInfo: {}, clr: null, entryPoints: [], kinds: [], capabilities: [], authenticode: null, anomalies: [], problems: reported,
      fields: [], boundImports: [], tls: null, relocations: null, rich: null, debug: [], resources: [], overlay: null, checksum: null, identity: null, signatures: null,
    };
  }
  const { value, time, note } = facts.timestamp;
  const document = {
    ...facts, timestamp: note === undefined ? { value, time } : { value, time, note }, certificateTable: undefined,
    authenticode: NOT_CHECKED, problems: reported,
  };
  Reflect.deleteProperty(document, 'certificateTable');
  return document;
}
