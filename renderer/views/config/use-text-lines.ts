import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useWorkbench } from '../../state/react.ts';

const PAGE = 500;

export interface TextLines {
  /** `none`: the case does not hold the text of this file. */
  readonly state: 'loading' | 'text' | 'none' | 'failed';
  readonly message: string;
  readonly total: number;
  readonly encoding: string;
  readonly sha256: string;
  readonly line: (number: number) => string | undefined;
  readonly want: (first: number, last: number) => void;
}

const LOADING = { state: 'loading', message: '', total: 0, encoding: '', sha256: '' } as const;

/** Lines of a file of the evidence, fetched by pages as they come into sight. Lines count from 1. */
export function useTextLines(path: string | null, first: number): TextLines {
  const { client } = useWorkbench();
  const [head, setHead] = useState<Omit<TextLines, 'line' | 'want'>>(LOADING);
  const [, bump] = useReducer((n: number) => n + 1, 0);
  const pages = useRef(new Map<number, readonly string[] | null>());
  const current = useRef(path);
  current.current = path;

  const fetch = useCallback(async (page: number): Promise<void> => {
    if (path === null || pages.current.has(page)) return;
    pages.current.set(page, null);
    const result = await client.request('evidence.text', { evidencePath: path, fromLine: page * PAGE + 1, lines: PAGE });
    if (current.current !== path) return;
    if (!result.ok) {
      pages.current.delete(page);
      setHead({ ...LOADING, state: 'failed', message: result.failure.message });
      return;
    }
    const { available, reason, totalLines, encoding, sha256, lines } = result.value;
    pages.current.set(page, lines);
    setHead({ state: available ? 'text' : 'none', message: reason ?? '', total: totalLines, encoding, sha256 });
    bump();
  }, [client, path]);

  const wanted = Math.floor((Math.max(1, first) - 1) / PAGE);
  useEffect(() => {
    pages.current = new Map();
    setHead(LOADING);
  }, [path]);
  useEffect(() => void fetch(wanted), [fetch, wanted]);

  const line = useCallback((number: number) => pages.current.get(Math.floor((number - 1) / PAGE))?.[(number - 1) % PAGE], []);
  const want = useCallback((from: number, to: number) => {
    for (let page = Math.floor((Math.max(1, from) - 1) / PAGE); page <= Math.floor((Math.max(1, to) - 1) / PAGE); page++) void fetch(page);
  }, [fetch]);
  return { ...head, line, want };
}
