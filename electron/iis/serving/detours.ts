import { quote } from '../../../shared/base/limits.ts';
import { attributeValue, childNamed, childrenNamed, type ConfigElement, type EffectiveEntry } from '../../../shared/model/index.ts';
import { isFalse, isTrue } from '../sections.ts';
import { settingAlong } from './bodies-along.ts';

/** What can answer a request although its handler would not: read once for each place. */
export interface Detours {
  /** Sentences, for requests of any path. */
  readonly any: readonly string[];
  /** Default documents or lists of a folder come from its content. */
  readonly browses: boolean;
}

const MAX_NAMED = 10;

/** Rules of URL Rewrite that send a request elsewhere or answer it themselves; redirects and aborts give no answer of 2xx. */
function rewriting(bodies: readonly ConfigElement[]): string[] {
  const names: string[] = [];
  for (const body of bodies) {
    for (const rule of body.children) {
      if (rule.name === 'clear') names.length = 0;
      if (rule.name !== 'rule' || isFalse(attributeValue(rule, 'enabled'))) continue;
      const action = childNamed(rule, 'action');
      const type = (action === undefined ? undefined : attributeValue(action, 'type')) ?? 'None';
      if (/^(?:rewrite|customresponse|1|3)$/i.test(type)) names.push(attributeValue(rule, 'name') ?? '');
    }
  }
  return names;
}

export interface DetourSections {
  readonly rules: readonly ConfigElement[];
  readonly globalRules: readonly ConfigElement[];
  readonly proxy: readonly ConfigElement[];
  readonly httpErrors: readonly ConfigElement[];
  readonly redirect: readonly ConfigElement[];
  readonly browse: readonly ConfigElement[];
}

/**
 * @param modules those that work here; one for every request that makes routes may answer any path
 * @param filters ISAPI filters: other than that of ASP.NET, which keeps cookies of sessions out of the URL, they often rewrite it
 */
export function detoursOf(sections: DetourSections, modules: readonly EffectiveEntry[], filters: readonly EffectiveEntry[]): Detours {
  const any: string[] = [];
  const rules = [...rewriting(sections.rules), ...rewriting(sections.globalRules)];
  if (rules.length > 0) {
    const more = rules.length - MAX_NAMED;
    any.push(`Rewrite rules may have sent it elsewhere: ${rules.slice(0, MAX_NAMED).map((name) => `"${quote(name, 60)}"`).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`);
  }
  if (isTrue(settingAlong(sections.proxy, 'enabled'))) any.push('The proxy of Application Request Routing is on: another server may have answered.');
  if (executesForMissing(sections.httpErrors)) any.push('httpErrors runs a URL in the place of a 404 (ExecuteURL), and such answers can carry status 200.');
  if (isTrue(settingAlong(sections.redirect, 'enabled'))) any.push('httpRedirect is on here: it answers with a redirect before a handler is asked.');
  const routing = modules.filter((m) => m.runsFor === 'every request' && m.type !== null && /(?:^|\.)UrlRoutingModule\b/.test(m.type));
  if (routing.length > 0) any.push('Managed modules run for every request here: a route of the application may have answered.');
  const rewriters = filters.filter((f) => f.state === 'effective' && !/\\aspnet_filter\.dll$/i.test(f.image ?? ''));
  if (rewriters.length > 0) any.push(`ISAPI filters may have rewritten the URL: ${rewriters.slice(0, MAX_NAMED).map((f) => `"${quote(f.name, 60)}"`).join(', ')}.`);
  return { any, browses: isTrue(settingAlong(sections.browse, 'enabled')) };
}

function executesForMissing(bodies: readonly ConfigElement[]): boolean {
  const byDefault = /^(?:ExecuteURL|1)$/i.test(settingAlong(bodies, 'defaultResponseMode') ?? '');
  if (byDefault && (settingAlong(bodies, 'defaultPath') ?? '') !== '') return true;
  const missing = bodies.flatMap((body) => childrenNamed(body, 'error')).filter((error) => attributeValue(error, 'statusCode') === '404').at(-1);
  return missing !== undefined && /^(?:ExecuteURL|1)$/i.test(attributeValue(missing, 'responseMode') ?? '');
}
