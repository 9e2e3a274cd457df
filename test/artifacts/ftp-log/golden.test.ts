import { goldenLogs } from '../../helpers/log-golden.ts';

goldenLogs('ftp-log', import.meta.dirname);
