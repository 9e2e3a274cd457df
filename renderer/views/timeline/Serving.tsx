import type { ReactNode } from 'react';
import { visible } from '../../../shared/base/visible.ts';
import type { Output } from '../../../shared/contract/index.ts';
import { openRef } from '../../commands/evidence-actions.ts';
import { useLatest, useSettled, useWorkbench } from '../../state/react.ts';
import { Fields, fileName, type Field } from '../../ui/index.ts';

type Answer = Output<'request.explain'>;

const REST_MS = 200;
const FILE_WORDS: Readonly<Record<NonNullable<Answer['file']>['status'], string>> = {
  present: 'is there', absent: 'is not there', folder: 'is a folder', 'not-collected': 'was not collected',
};

/** Which code would have answered the request, by the configuration in the evidence: an inference, told as one. */
export function Serving({ id }: { readonly id: string }): ReactNode {
  const settled = useSettled(id, REST_MS);
  const answer = useLatest('request.explain', settled === id ? { event: id } : null);
  const value = settled === id && !answer.loading ? answer.value : null;
  return (
    <section className="serving" aria-label="Who would have served this">
      <h3>Who would have served this</h3>
      {answer.failure !== null ? <p className="dim">{visible(answer.failure.message)}</p> : value === null ? <p className="dim">...</p> : <Served value={value} />}
    </section>
  );
}

function Served({ value }: { readonly value: Answer }): ReactNode {
  const wb = useWorkbench();
  const component = (name: string, target: string | null): ReactNode => (target === null ? visible(name) : <button type="button" className="source-link" onClick={() => wb.store.getState().navigate('components', { id: target })}>{visible(name)}</button>);
  const { file, handler } = value;
  const fields: Field[] = [
    ...(value.site === null ? [] : [{ name: 'site', value: value.site }]),
    ...(value.application === null ? [] : [{ name: 'application', value: value.application }]),
    ...(value.pool === null ? [] : [{ name: 'pool', value: value.pool }]),
    ...(file === null ? [] : [{ name: 'path on disk', value: `${file.path ?? file.evidencePath}: ${FILE_WORDS[file.status]}` }]),
    ...(handler === null ? [] : [
      { name: 'handler', value: <>{component(handler.name, handler.component)} <span className="dim mono">{visible(`${handler.verb} ${handler.path}`)}</span></> },
      ...(handler.type === null ? [] : [{ name: 'type', value: handler.type }]),
      ...(handler.image === null ? [] : [{ name: 'image', value: handler.image }]),
      ...(handler.modules.length === 0 ? [] : [{ name: 'by module', value: handler.modules.join(', ') }]),
    ]),
  ];
  return (
    <>
      {value.reason === null ? null : <p>Cannot be told: {visible(value.reason)}</p>}
      {value.assumptions.length === 0 ? null : <ul className="dim" aria-label="What this takes for granted">{value.assumptions.map((a) => <li key={a}>{visible(`Assumed: ${a}`)}</li>)}</ul>}
      {fields.length === 0 ? null : <Fields label="Serving" fields={fields} />}
      {handler === null || handler.from === null ? null : <p>Decided at <DecidedBy from={handler.from} words={`${fileName(handler.from.path ?? handler.from.evidencePath)} line ${handler.from.line}`} /></p>}
      {value.modules.length === 0 ? null : (
        <details>
          <summary>{value.modules.length} modules see it{oddWords(value.modules)}</summary>
          <ul className="serving-modules">
            {value.modules.map((m, i) => (
              <li key={`${i} ${m.name}`}>
                {component(m.name, m.component)} <span className={m.origin === 'unknown' ? 'unknown' : 'dim'}>{m.origin ?? ''}</span>
                {m.from === null ? null : <DecidedBy from={m.from} words={`line ${m.from.line}`} />}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function DecidedBy({ from, words }: { readonly from: NonNullable<NonNullable<Answer['handler']>['from']>; readonly words: string }): ReactNode {
  const wb = useWorkbench();
  return <button type="button" className="source-link" title={visible(`${from.path ?? from.evidencePath} line ${from.line}`)} onClick={() => openRef(wb, from)}>{visible(words)}</button>;
}

function oddWords(modules: Answer['modules']): string {
  const odd = modules.filter((m) => m.origin === 'unknown');
  return odd.length === 0 ? '' : `, of unknown origin: ${visible(odd.map((m) => m.name).join(', '))}`;
}
