import { goldenLogs } from '../../helpers/log-golden.ts';

goldenLogs('ncsa-log', import.meta.dirname);
