import { locateFreb } from './locate.ts';
import { FREB_SNIFF_BYTES, sniffFreb } from './sniff.ts';

export { locateFreb } from './locate.ts';
export { MAX_FREB_BYTES, parseFreb } from './parse.ts';
export { sniffFreb } from './sniff.ts';

/** Traces of single requests (failed-request tracing, "FREB"): one XML file for each. */
export const FREB = {
  id: 'freb',
  title: 'Trace of a request (failed-request tracing)',
  proves:
    'The worker process wrote this file when the request ended: every module that IIS called for it, in order, and who set the status. ' +
    'A module that is named here ran, whatever the configuration says now. Only requests that fit a tracing rule have one; old files are deleted.',
  locate: locateFreb,
  sniff: sniffFreb,
  sniffBytes: FREB_SNIFF_BYTES,
  references: [
    'https://learn.microsoft.com/iis/configuration/system.webserver/tracing/tracefailedrequests/',
    'https://learn.microsoft.com/iis/configuration/system.applicationhost/sites/site/tracefailedrequestslogging',
  ],
} as const;
