import { goldenLogs } from '../../helpers/log-golden.ts';

goldenLogs('iis-log', import.meta.dirname);
