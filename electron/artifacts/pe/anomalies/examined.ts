import type { PeFacts } from '../../../../shared/model/pe/index.ts';

/** What was read of a file so far and can contradict itself. */
export type Examined = Pick<PeFacts, 'sections' | 'exports' | 'tls' | 'debug' | 'resources' | 'checksum' | 'certificateTable'>;
