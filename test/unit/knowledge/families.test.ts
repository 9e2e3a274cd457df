import { describe, expect, it } from 'vitest';
import { FAMILIES, FAMILIES_DATE, familyOf, fileTraits, isOfRegistration } from '../../../electron/knowledge/index.ts';
import native2021 from '../../../electron/knowledge/families/groups/native-back-doors-2021.json' with { type: 'json' };
import references from '../../../electron/knowledge/families/groups/references.json' with { type: 'json' };

/** What is compared as bytes, folded, so that one text within another is seen. */
const comparable = (value: string): string => value.toLowerCase();

describe('known families', () => {
  it('are each named once, and so are the traits of each', () => {
    expect(new Set(FAMILIES.map((f) => f.id)).size).toBe(FAMILIES.length);
    for (const { id, traits } of FAMILIES) expect(new Set(traits.map((t) => t.id)).size, id).toBe(traits.length);
  });

  it('have the fourteen groups of 2021 and those that were published beside them', () => {
    const names = new Set(FAMILIES.flatMap((f) => [f.name, ...f.aliases]));
    for (let n = 1; n <= 14; n++) expect(names.has(`ESET group ${n}`), `group ${n}`).toBe(true);
    for (const name of ['OwaAuth', 'ExOwa', 'BlackMould', 'ThreeTrack', 'IIS_backdoor', 'OwlProxy', 'Owowa', 'SessionManager', 'DoorMe', 'RainOwa', 'IceApple', 'Praying Mantis', 'NoSuch', 'MethedLoader', 'CookieHash', 'SessionsIIS', 'TigerIIS', 'LightHandIIS', 'Frebniis', 'Detele', 'ReviseIIS', 'ZeroOneCookie', 'SpiderExecute', 'reGeorgIIS', 'DeployFilterIIS', 'BadIIS', 'Gamshen', 'TOLLBOOTH', 'C0022', 'C0058', 'SatanicFilter', 'Larva-25003', 'GhostKit']) {
      expect(names.has(name), name).toBe(true);
    }
  });

  it('have a trait, or a word on why nothing published decides', () => {
    for (const f of FAMILIES) expect(f.traits.some((t) => t.weight === 'strong') || f.unmatched !== null || f.traits.length > 0, f.id).toBe(true);
    for (const f of FAMILIES.filter((one) => one.traits.length === 0)) expect(f.unmatched, f.id).not.toBeNull();
  });

  it('say what each trait is and where it is from, what the family does, and its references', () => {
    for (const f of FAMILIES) {
      expect(f.references.length, f.id).toBeGreaterThan(0);
      for (const text of [f.name, f.years, f.does, f.trigger, f.inLogs]) expect(text, f.id).not.toBe('');
      for (const t of f.traits) expect([t.what, t.source].every((text) => text !== ''), `${f.id} ${t.id}`).toBe(true);
    }
    expect(native2021.licence).toContain('no file of a source is included');
    expect(FAMILIES_DATE).toMatch(/^\d{4}-\d\d-\d\d$/);
  });

  it('rest on every reference that is listed', () => {
    const used = new Set(FAMILIES.flatMap((f) => f.references.map((r) => r.title)));
    expect(Object.values(references).filter((r) => !used.has(r.title))).toEqual([]);
  });

  it('never count a name that anybody can choose, a signer, or a text of a few letters as strong', () => {
    const strong = FAMILIES.flatMap((f) => f.traits.filter((t) => t.weight === 'strong').map((t) => ({ ...t, at: `${f.id} ${t.id}` })));
    expect(strong.filter((t) => isOfRegistration(t) || t.where === 'signer').map((t) => t.at)).toEqual([]);
    expect(strong.filter((t) => t.where !== 'hex' && t.value.length < 6).map((t) => t.at)).toEqual([]);
    expect(strong.filter((t) => t.where === 'hex' && t.value.split(' ').filter((b) => b !== '??').length < 12).map((t) => t.at)).toEqual([]);
    expect(FAMILIES.flatMap((f) => f.traits).filter((t) => t.value === 'X-Cache' || t.value === 'cache.dll').map((t) => t.weight)).toEqual(['weak', 'weak']);
  });

  it('have no trait of a file within another: one text must not count twice', () => {
    for (const f of FAMILIES) {
      const values = fileTraits(f).filter((t) => t.where !== 'hex').map((t) => comparable(t.value));
      expect(values.filter((value, i) => values.some((other, j) => i !== j && other.includes(value))), f.id).toEqual([]);
    }
  });

  it('write bytes as pairs of digits and hashes as such', () => {
    for (const t of FAMILIES.flatMap((f) => f.traits)) {
      if (t.where === 'hex') expect(t.value).toMatch(/^(?:[0-9A-F]{2}|\?\?)(?: (?:[0-9A-F]{2}|\?\?))+$/);
      if (t.where === 'imphash') expect(t.value).toMatch(/^[0-9a-f]{32}$/);
      if (t.where === 'signer') expect(t.value).toMatch(/^[0-9a-f]{40}$/);
    }
  });

  it('are found by id', () => {
    expect(familyOf('iis-raid')?.name).toBe('IIS-Raid');
    expect(familyOf('nobody')).toBeNull();
  });
});
