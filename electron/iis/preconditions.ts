import { quote } from '../../shared/base/limits.ts';
import type { Bitness, Pipeline } from '../../shared/model/index.ts';

/** What of a pool decides over preconditions. */
export interface PoolTraits {
  readonly name: string;
  readonly pipeline: Pipeline;
  readonly clr: string;
  readonly bitness: Bitness;
}

/**
 * Why an entry with these preconditions is not used in a pool, or null when all hold. All tokens must hold; they are
 * compared case-sensitively, as the schema says. `managedHandler` depends on the request and always holds here.
 */
export function unmetPreCondition(preCondition: string | null, pool: PoolTraits): string | null {
  if (preCondition === null || preCondition === '') return null;
  let known = answers.get(pool);
  if (!known) answers.set(pool, (known = new Map()));
  let unmet = known.get(preCondition);
  if (unmet === undefined) {
    unmet = firstUnmet(preCondition, pool);
    // Hostile files write as many as they like; real ones a dozen.
    if (known.size < 1000) known.set(preCondition, unmet);
  }
  return unmet;
}

const answers = new WeakMap<PoolTraits, Map<string, string | null>>();

function firstUnmet(preCondition: string, pool: PoolTraits): string | null {
  for (const written of preCondition.split(',')) {
    const token = written.trim();
    if (token === '' || token === 'managedHandler') continue;
    const unmet = unmetToken(token, pool);
    if (unmet !== null) return unmet;
  }
  return null;
}

function unmetToken(token: string, pool: PoolTraits): string | null {
  const inPool = `in pool "${pool.name}"`;
  if (token === 'bitness32' || token === 'bitness64') {
    return token === `bitness${pool.bitness}` ? null : `preCondition ${token}: the process ${inPool} is ${pool.bitness}-bit`;
  }
  // Microsoft's reference pages call the classic token ISAPIMode; shipped files write classicMode.
  if (token === 'integratedMode' || token === 'classicMode' || token === 'ISAPIMode') {
    const wanted = token === 'integratedMode' ? 'Integrated' : 'Classic';
    return wanted === pool.pipeline ? null : `preCondition ${token}: the pipeline ${inPool} is ${pool.pipeline}`;
  }
  if (/^runtimeVersionv\d/.test(token)) {
    const wanted = token.slice('runtimeVersion'.length);
    return wanted === pool.clr ? null : `preCondition ${token}: ${pool.clr === '' ? 'there is no managed code' : `the runtime is ${pool.clr}`} ${inPool}`;
  }
  return `unknown preCondition "${quote(token, 60)}": IIS skips the entry (event 2296)`;
}
