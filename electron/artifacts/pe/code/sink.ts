import type { Capability, Proof } from '../../../../shared/model/pe/index.ts';

/** More lines than this tell a person nothing; a hostile file cannot fill the case. */
const MAX_CAPABILITIES = 400;

/** Collects capabilities; what was said once with the same words is not said again. */
export class CapabilityList {
  readonly list: Capability[] = [];
  readonly #said = new Set<string>();

  add(group: Capability['group'], id: string, what: string, proof: Proof): void {
    const key = `${id}\n${what}\n${proof.constant ?? ''}`;
    if (this.#said.has(key)) return;
    this.#said.add(key);
    if (this.list.length < MAX_CAPABILITIES) this.list.push({ group, id, what, proof });
    else if (this.list.length === MAX_CAPABILITIES) this.list.push({ group: 'limits', id: 'more-capabilities', what: `more than ${MAX_CAPABILITIES} capabilities; the rest is not listed`, proof: {} });
  }
}
