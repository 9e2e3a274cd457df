import type { Output } from '../../../shared/contract/index.ts';
import { useApp, useRequest } from '../../state/react.ts';
import { useProblems } from '../../state/all-problems.ts';
import { imageKey } from './program-rows.ts';

type Component = Output<'component.get'>['component'];
type Image = Output<'image.get'>;

/** Everything that the detail shows of the focused row. */
export interface Program {
  readonly component: Component | null;
  /** Null where no file is in the evidence. */
  readonly sha256: string | null;
  readonly evidencePath: string | null;
  readonly path: string | null;
  readonly size: number;
  /** Null where the file was not read as a program. */
  readonly facts: Image['facts'] | null;
  readonly authenticode: Image['authenticode'];
  readonly row: Image['row'] | null;
  readonly problems: Output<'evidence.problems'>['problems'];
}

export interface ProgramAnswer {
  readonly program: Program | null;
  readonly failure: string | null;
}

/** Asks for the component and for its file. A case whose program files cannot be listed still shows what the component has. */
export function useProgram(key: string | null): ProgramAnswer {
  const bits = useApp((s) => s.program.bits);
  const own = key !== null && key.startsWith(imageKey('')) ? key.slice(imageKey('').length) : null;
  const component = useRequest('component.get', key === null || own !== null ? null : { id: key });
  const c = component.value?.component ?? null;
  const file = c === null ? null : bits === 'wow' && c.file32 !== null ? c.file32 : c.file;
  const sha256 = own ?? file?.sha256 ?? null;
  const image = useRequest('image.get', sha256 === null || sha256 === '' ? null : { sha256 });
  const { problems } = useProblems();
  if (key === null) return { program: null, failure: null };
  if (own === null && component.failure !== null) return { program: null, failure: component.failure.message };
  if (own === null && component.value === null) return { program: null, failure: null };
  if (own !== null && image.value === null) return { program: null, failure: image.failure?.message ?? null };
  const facts = image.value?.facts ?? (file !== null && file === c?.file32 ? component.value?.pe32 : component.value?.pe) ?? null;
  const place = file ?? image.value?.row.places[0] ?? null;
  return {
    failure: null,
    program: {
      component: c, sha256, evidencePath: place?.evidencePath ?? null, path: place?.path ?? null, size: file?.size ?? image.value?.row.size ?? 0,
      facts, authenticode: image.value?.authenticode ?? null, row: image.value?.row ?? null,
      problems: place === null ? [] : problems.filter((p) => p.evidencePath === place.evidencePath),
    },
  };
}
