import type { ConfigurationArtifact } from '../kit/definition.ts';
import { isMetabase, locateMetabase, looksLikeMetabase, MAX_METABASE_BYTES, METABASE, parseMetabase } from './index.ts';

export const metabaseArtifact: ConfigurationArtifact = {
  ...METABASE,
  reads: 'configuration',
  maxBytes: MAX_METABASE_BYTES,
  locate: (evidencePath) => {
    const found = locateMetabase(evidencePath);
    return found === null ? null : { kind: 'metabase', copy: found.copy };
  },
  looksLike: looksLikeMetabase,
  roleOf: (document) => (isMetabase(document) ? { kind: 'metabase', copy: null } : null),
  parse: parseMetabase,
};
