import { goldenLogs } from '../../helpers/log-golden.ts';

goldenLogs('httperr-log', import.meta.dirname);
