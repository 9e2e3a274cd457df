export { HTTP_TYPES, type HttpRole } from '../../../../shared/model/pe/index.ts';

export const HTTP_APPLICATION = 'System.Web.HttpApplication';
export const PRE_APPLICATION_START = 'System.Web.PreApplicationStartMethodAttribute';

/** Event of HttpApplication that a method name subscribes to (`add_BeginRequest`, `AddOnBeginRequestAsync`), or null. */
export function subscribedEvent(method: string): string | null {
  return /^add_(\w+)$/.exec(method)?.[1] ?? /^AddOn(\w+)Async$/.exec(method)?.[1] ?? null;
}
