import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { ByteFile, type ByteState } from '../../state/byte-file.ts';
import { useWorkbench } from '../../state/react.ts';
import type { Caret, HexSource, Range } from '../../ui/index.ts';

/** The bytes of the file in front, where the caret stands in them and what is marked. */
export interface MarkedBytes {
  readonly source: HexSource;
  readonly status: ByteState;
  readonly mark: Range | null;
  readonly caret: Caret;
  readonly setCaret: (caret: Caret) => void;
  /** Null takes the mark away. */
  readonly setMark: (mark: Range | null) => void;
}

/** @param evidencePath of the file; the empty text for none. @param wanted whether bytes are in sight even without a mark */
export function useMarkedBytes(evidencePath: string, wanted: boolean): MarkedBytes {
  const { client } = useWorkbench();
  const file = useMemo(() => new ByteFile(client, evidencePath), [client, evidencePath]);
  const status = useSyncExternalStore(file.subscribe, file.snapshot);
  const [mark, set] = useState<Range | null>(null);
  const [caret, setCaret] = useState<Caret>({ at: 0, anchor: 0 });
  const setMark = useCallback((next: Range | null) => {
    set(next);
    if (next !== null) setCaret({ at: next.offset, anchor: next.offset });
  }, []);
  // The first piece tells how long the file is.
  const unknown = mark !== null || wanted;
  useEffect(() => {
    if (unknown && evidencePath !== '' && file.size === 0) file.want(mark?.offset ?? 0, mark?.offset ?? 0);
  }, [file, unknown, mark, evidencePath]);
  const away = status.state === 'none';
  useEffect(() => {
    if (away && mark !== null) void file.cite(mark.offset, mark.length);
  }, [file, away, mark]);
  return { source: file, status, mark, caret, setCaret, setMark };
}
