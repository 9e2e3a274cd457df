export const VIEWS = ['start', 'intake', 'overview', 'timeline', 'graph', 'components', 'config', 'findings', 'notes', 'problems', 'knowledge', 'report'] as const;
export type ViewName = (typeof VIEWS)[number];

export const VIEW_TITLES: Readonly<Record<ViewName, string>> = {
  start: 'Start', intake: 'Intake', overview: 'Overview', timeline: 'Timeline', graph: 'Graph', components: 'Components',
  config: 'Config', findings: 'Findings', notes: 'Notes', problems: 'Problems', knowledge: 'Knowledge', report: 'Report',
};

/** The screens behind the number keys, in that order. */
export const NUMBERED: readonly ViewName[] = ['overview', 'timeline', 'graph', 'components', 'config', 'findings', 'notes', 'problems', 'knowledge'];

/** A place in the application. Parameters are few and short: an id, a file and a line. */
export interface Route {
  readonly view: ViewName;
  readonly params: Readonly<Record<string, string>>;
}

/** `#/findings?id=abc`. */
export function routeToHash(route: Route): string {
  const query = new URLSearchParams(Object.entries(route.params)).toString();
  return `#/${route.view}${query === '' ? '' : `?${query}`}`;
}

/** @returns null for anything that is not a place of this application. */
export function routeFromHash(hash: string): Route | null {
  const match = /^#\/([a-z]+)(?:\?(.*))?$/.exec(hash);
  const view = VIEWS.find((name) => name === match?.[1]);
  if (view === undefined) return null;
  return { view, params: Object.fromEntries(new URLSearchParams(match?.[2] ?? '')) };
}
