import { sectionTests } from './section.ts';

sectionTests('tricks');
