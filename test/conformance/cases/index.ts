import type { CaseGroup } from '../case.ts';
import { COLLECTIONS } from './collections.ts';
import { DEFINITIONS } from './definitions.ts';
import { DOTNET } from './dotnet.ts';
import { ENCODING } from './encoding.ts';
import { EVIDENCE } from './evidence.ts';
import { FILTERS } from './filters.ts';
import { FINE_LOCKS } from './fine-locks.ts';
import { HANDLER_STATES } from './handler-states.ts';
import { INHERITANCE } from './inheritance.ts';
import { LOCATIONS } from './locations.ts';
import { PLACES } from './places.ts';
import { POOLS_GROUP } from './pools.ts';
import { PRECONDITIONS } from './preconditions.ts';
import { REDIRECTION } from './redirection.ts';
import { REGISTERED } from './registered.ts';
import { SECTION_LOCKS } from './section-locks.ts';
import { SERVER_SCHEMA } from './server-schema.ts';
import { SWITCHES } from './switches.ts';
import { VALIDATION } from './validation.ts';

/** All cases, by what they are about. */
export const GROUPS: readonly CaseGroup[] = [
  INHERITANCE, LOCATIONS, SECTION_LOCKS, FINE_LOCKS, DEFINITIONS, COLLECTIONS, EVIDENCE, SWITCHES, PRECONDITIONS, POOLS_GROUP, HANDLER_STATES, FILTERS, DOTNET, VALIDATION, SERVER_SCHEMA, ENCODING, REDIRECTION, REGISTERED, PLACES,
];
