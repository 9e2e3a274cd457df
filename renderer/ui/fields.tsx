import type { ReactNode } from 'react';
import { visible } from '../../shared/base/visible.ts';

export interface Field {
  readonly name: string;
  readonly value: ReactNode;
}

/** Names and values, one above the other: every field of a record. Text is made visible here. */
export function Fields({ fields, label }: { readonly fields: readonly Field[]; readonly label?: string }): ReactNode {
  return (
    <dl className="fields" aria-label={label}>
      {fields.map(({ name, value }, i) => (
        <div key={`${name} ${i}`}>
          <dt>{visible(name)}</dt>
          <dd className={typeof value === 'string' ? 'mono' : ''}>{typeof value === 'string' ? (value === '' ? <span className="quiet">(empty)</span> : visible(value)) : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Several texts as one value, each on a line of its own. */
export function Lines({ texts }: { readonly texts: readonly string[] }): ReactNode {
  return <ul className="mono">{texts.map((text, i) => <li key={`${i} ${text}`}>{visible(text)}</li>)}</ul>;
}

/** The pane beside a list: everything about the focused row. */
export function DetailPane({ label, title, children, actions }: { readonly label: string; readonly title?: ReactNode; readonly children: ReactNode; readonly actions?: ReactNode }): ReactNode {
  return (
    <section className="detail" aria-label={label} tabIndex={0}>
      {title === undefined ? null : <h2 className="detail-title">{title}</h2>}
      {actions === undefined ? null : <div className="detail-actions">{actions}</div>}
      {children}
    </section>
  );
}
