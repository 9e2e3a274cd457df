import type { ReactNode } from 'react';
import type { OntologyStep } from '../../shared/contract/finding.ts';

/** The class chain of the technique in D3FEND, from the technique up; each "is a" the next. References are text, never links. */
export function OntologyChain({ steps }: { readonly steps: readonly OntologyStep[] }): ReactNode {
  if (steps.length === 0) return <p className="quiet">The class chain is not known.</p>;
  return (
    <ol className="ontology" aria-label="D3FEND class chain, each step is a kind of the next">
      {steps.map((step, i) => (
        <li key={step.iri}>
          <span className="ontology-step" title={step.iri}>{step.label}</span>
          {i === 0 ? <span className="quiet mono ontology-iri">{step.iri}</span> : null}
          {i < steps.length - 1 ? <span className="ontology-arrow" aria-hidden="true">{'\u2193 is a'}</span> : null}
        </li>
      ))}
    </ol>
  );
}
