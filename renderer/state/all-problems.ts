import { useEffect, useMemo, useState } from 'react';
import type { Client, Output } from '../../shared/contract/index.ts';
import { useRequest, useWorkbench } from './react.ts';

type Problem = Output<'evidence.problems'>['problems'][number];
const PAGE = 1000;
/** A list longer than this is read nowhere; the exported report has all of it. */
export const MOST_PROBLEMS = 50_000;

/** All pages behind the first, one after another; stops early when `over` says so. */
export async function furtherProblems(client: Client, total: number, over: () => boolean): Promise<readonly Problem[]> {
  const rest: Problem[] = [];
  for (let offset = PAGE; offset < Math.min(total, MOST_PROBLEMS) && !over(); offset += PAGE) {
    const page = await client.request('evidence.problems', { limit: PAGE, offset });
    if (!page.ok || page.value.problems.length === 0) break;
    for (const problem of page.value.problems) rest.push(problem);
  }
  return rest;
}

const NONE: readonly Problem[] = [];

/** Every problem of the case: the first page at once, the others as they come. */
export function useProblems(): { readonly problems: readonly Problem[]; readonly total: number; readonly loading: boolean; readonly failure: string | null } {
  const { client } = useWorkbench();
  const first = useRequest('evidence.problems', { limit: PAGE, offset: 0 });
  const [rest, setRest] = useState(NONE);
  const answer = first.value;
  useEffect(() => {
    if (answer === null || answer.total <= PAGE) return;
    let over = false;
    void furtherProblems(client, answer.total, () => over).then((rows) => (over ? undefined : setRest(rows)));
    return () => {
      over = true;
    };
  }, [client, answer]);
  const problems = useMemo(() => {
    const head = answer?.problems ?? NONE;
    if (answer === null || answer.total <= PAGE) return head;
    // A row that moved from one page to the next while they were read is not shown twice.
    const seen = new Set(head.map((p) => p.id));
    return [...head, ...rest.filter((p) => !seen.has(p.id))];
  }, [answer, rest]);
  return { problems, total: answer?.total ?? 0, loading: first.loading, failure: first.failure?.message ?? null };
}
