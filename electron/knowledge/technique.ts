import technique from './technique.json' with { type: 'json' };

/** ATT&CK id of an IIS component used for persistence; every finding maps to it. */
export const IIS_COMPONENTS = technique.technique.id;

/** The D3FEND 1.2.0 class chain of "IIS Components", from the technique up to ExternalThing. */
export const D3FEND_CHAIN: ReadonlyArray<{ readonly label: string; readonly iri: string }> = technique.d3fendChain;

/** IRIs of that chain, as a finding carries them. */
export const D3FEND_IRIS: readonly string[] = technique.d3fendChain.map((step) => step.iri);

/** Where the facts of this file come from. */
export const TECHNIQUE_SOURCE = { title: technique.title, source: technique.source, date: technique.date, licence: technique.licence };

/** The technique with its mitigations, its detection strategy, its published procedures and what it cites. */
export const TECHNIQUE = technique.technique;

/** Countermeasures of D3FEND 1.2.0 that act on what the technique touches, and those artifacts. */
export const D3FEND_RELATED = technique.d3fendRelated;
export const D3FEND_ARTIFACTS = technique.d3fendArtifacts;
