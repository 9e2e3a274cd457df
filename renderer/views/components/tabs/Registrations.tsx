import type { ReactNode } from 'react';
import type { Output } from '../../../../shared/contract/index.ts';
import { openRef } from '../../../commands/evidence-actions.ts';
import { useWorkbench } from '../../../state/react.ts';
import { EmptyState, Fields, SourceLink, VisibleText } from '../../../ui/index.ts';

/** Every line of configuration that names the component. */
export function Registrations({ component }: { readonly component: Output<'component.get'>['component'] }): ReactNode {
  const wb = useWorkbench();
  if (component.registrations.length === 0) return <div className="pad"><EmptyState title="No configuration names it." /></div>;
  return (
    <ol className="pad column" aria-label="Registrations">
      {component.registrations.map((r) => (
        <li key={`${r.evidencePath} ${r.line} ${r.column}`} className="registration">
          <p><SourceLink source={r} onOpen={(ref) => openRef(wb, ref)} /> <span className="dim">{r.section}, scope <VisibleText text={r.scope} /></span></p>
          <p className="quiet mono"><VisibleText text={r.path ?? r.evidencePath} /></p>
          <Fields fields={r.attributes.map((a) => ({ name: a.name, value: a.value }))} />
        </li>
      ))}
    </ol>
  );
}
