import type { CodeListArtifact } from '../kit/definition.ts';
import { locatePreStartList, MAX_LIST_BYTES, parsePreStartList, PRESTART_LIST } from './index.ts';

export const preStartListArtifact: CodeListArtifact = {
  ...PRESTART_LIST,
  reads: 'code-list',
  section: 'preStartInitList',
  maxBytes: MAX_LIST_BYTES,
  locate: locatePreStartList,
  parse: parsePreStartList,
};
