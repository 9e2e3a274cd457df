import type { Artifact, ConfigurationArtifact, ImageArtifact, LogArtifact } from './kit/definition.ts';
import { iisConfigArtifact } from './iis-config/definition.ts';
import { peArtifact } from './pe/definition.ts';
import { w3cLogArtifact } from './w3c-log/definition.ts';

/** Everything that this version reads. Without a line here the rest still works, and that evidence is "not read". */
export const ARTIFACTS: readonly Artifact[] = [iisConfigArtifact, peArtifact, w3cLogArtifact];

const isConfiguration = (a: Artifact): a is ConfigurationArtifact => a.reads === 'configuration';
const isImage = (a: Artifact): a is ImageArtifact => a.reads === 'image';
const isLog = (a: Artifact): a is LogArtifact => a.reads === 'log';

export const configurationArtifacts = (): readonly ConfigurationArtifact[] => ARTIFACTS.filter(isConfiguration);
export const imageArtifacts = (): readonly ImageArtifact[] => ARTIFACTS.filter(isImage);
export const logArtifacts = (): readonly LogArtifact[] => ARTIFACTS.filter(isLog);

/** History copies are configuration files; what is special about them is their number and how their moment is judged. */
export { copyMoment, copyNumber, outOfOrder } from './config-history/index.ts';
