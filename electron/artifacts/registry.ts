import type { Artifact, CatalogArtifact, CodeListArtifact, ConfigurationArtifact, HistoryArtifact, ImageArtifact, LogArtifact, TraceArtifact } from './kit/definition.ts';
import { catalogArtifact } from './catalog/definition.ts';
import { configHistoryArtifact } from './config-history/definition.ts';
import { frebArtifact } from './freb/definition.ts';
import { globalAsaxArtifact } from './global-asax/definition.ts';
import { iisConfigArtifact } from './iis-config/definition.ts';
import { LOG_ARTIFACTS } from './logs.ts';
import { metabaseArtifact } from './metabase/definition.ts';
import { peArtifact } from './pe/definition.ts';
import { precompiledArtifact } from './precompiled/definition.ts';
import { preStartListArtifact } from './prestart-list/definition.ts';

/** Everything that this version reads. Without a line here the rest still works, and that evidence is "not read". */
export const ARTIFACTS: readonly Artifact[] = [
  // Before the configuration files: its XML looks like theirs.
  metabaseArtifact,
  iisConfigArtifact,
  configHistoryArtifact,
  peArtifact,
  catalogArtifact,
  preStartListArtifact,
  globalAsaxArtifact,
  precompiledArtifact,
  ...LOG_ARTIFACTS,
  frebArtifact,
];

const isCatalog = (a: Artifact): a is CatalogArtifact => a.reads === 'catalog';
const isCodeList = (a: Artifact): a is CodeListArtifact => a.reads === 'code-list';
const isConfiguration = (a: Artifact): a is ConfigurationArtifact => a.reads === 'configuration';
const isHistory = (a: Artifact): a is HistoryArtifact => a.reads === 'history';
const isImage = (a: Artifact): a is ImageArtifact => a.reads === 'image';
const isTrace = (a: Artifact): a is TraceArtifact => a.reads === 'trace';
const isLog = (a: Artifact): a is LogArtifact => a.reads === 'log';

export const configurationArtifacts = (): readonly ConfigurationArtifact[] => ARTIFACTS.filter(isConfiguration);
export const historyArtifacts = (): readonly HistoryArtifact[] => ARTIFACTS.filter(isHistory);
export const imageArtifacts = (): readonly ImageArtifact[] => ARTIFACTS.filter(isImage);
export const logArtifacts = (): readonly LogArtifact[] => ARTIFACTS.filter(isLog);
export const codeListArtifacts = (): readonly CodeListArtifact[] => ARTIFACTS.filter(isCodeList);
export const catalogArtifacts = (): readonly CatalogArtifact[] => ARTIFACTS.filter(isCatalog);
export const traceArtifacts = (): readonly TraceArtifact[] => ARTIFACTS.filter(isTrace);
