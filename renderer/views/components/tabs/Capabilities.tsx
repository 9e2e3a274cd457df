import type { ReactNode } from 'react';
import type { PeFacts } from '../../../../shared/model/index.ts';
import { VisibleText } from '../../../ui/index.ts';
import { PlaceLink, TokenLink } from '../explore.tsx';
import { NOT_READ } from '../words.ts';
import { groupedCapabilities } from './capability-groups.ts';

/** What the code can see and change, in plain words, each with the constant and the place that show it. */
export function Capabilities({ facts }: { readonly facts: PeFacts }): ReactNode {
  const groups = groupedCapabilities(facts.capabilities);
  return (
    <section aria-label="What it can see and change" className="capabilities">
      <h3>What it can see and change</h3>
      {groups.length === 0 ? <p className="dim">{facts.fields.length === 0 ? NOT_READ : 'Nothing that its bytes show.'}</p> : null}
      <div className="capability-groups">
        {groups.map(({ title, group, list }) => (
          <div key={group} className="capability-group">
            <h4 className={group === 'limits' ? 'quiet' : ''}>{title}</h4>
            <ul>
              {list.map((c, i) => (
                <li key={`${c.id} ${i}`}>
                  <VisibleText text={c.what} />{' '}
                  <span className="proof">
                    {c.proof.constant === undefined ? null : <span className="mono quiet"><VisibleText text={c.proof.constant} /></span>}{' '}
                    {c.proof.offset === undefined ? null : <PlaceLink place={{ offset: c.proof.offset, length: 4 }} />}{' '}
                    {c.proof.token === undefined ? null : <TokenLink token={c.proof.token} name={c.proof.constant ?? ''} />}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {groups.length === 0 ? null : <p className="quiet">As far as the bytes show it: code that is there may never run.</p>}
    </section>
  );
}
