import type { ConfigurationArtifact } from '../kit/definition.ts';
import { IIS_CONFIG, locateConfig, looksLikeConfig, MAX_CONFIG_BYTES, parseConfig, sniffConfig } from './index.ts';

export const iisConfigArtifact: ConfigurationArtifact = {
  ...IIS_CONFIG,
  reads: 'configuration',
  maxBytes: MAX_CONFIG_BYTES,
  locate: locateConfig,
  looksLike: looksLikeConfig,
  roleOf: (document) => {
    const kind = sniffConfig(document);
    return kind === null ? null : { kind, copy: null };
  },
  parse: parseConfig,
};
