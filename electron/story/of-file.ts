import type { StoryStep } from '../../shared/model/index.ts';
import type { StoryFacts, StoryFile } from './facts.ts';
import { fileMoment, shown, unseen } from './step.ts';
import { driveOf, secondsBetween } from './words.ts';

/** The records of the file system that outlive a file. */
function fileSystemRecords(path: string | null): string {
  const drive = driveOf(path);
  const at = (name: string): string => (drive === null ? `${name} of its drive` : `${drive}\\${name}`);
  return `${at('$MFT')} (creation, and the times in $FILE_NAME that a program cannot set) and ${at('$Extend\\$UsnJrnl:$J')}`;
}

/** The path at which the file is looked for, as the evidence names it. */
export function wantedPath({ component }: StoryFacts): string | null {
  return component.file?.path ?? component.image ?? null;
}

/** When the file was made, by its own words. */
export function builtStep(facts: StoryFacts): StoryStep {
  const { file } = facts;
  if (file === null) return unseen('built', 'When its file was made is not known.', withoutFile(facts, 'its headers hold the linker\'s stamp'));
  if (file.stamp === null) return unseen('built', 'When its file was made is not known.', 'The file was not read as a program file, so no linker stamp is known.', [refOf(file)]);
  const ref = { ...refOf(file), offset: file.stamp.offset, length: 4 };
  if (file.stamp.time === null) {
    return unseen('built', 'The header of its file has no usable linker stamp.', `${file.stamp.note ?? 'The field is empty or holds no moment'}. A certificate's timestamp, a symbol file or the build machine would say when it was made.`, [ref]);
  }
  return shown('built', { time: file.stamp.time, from: 'pe', fidelity: 'forgeable' }, 'The linker\'s stamp in the header of its file: written by whoever made the file, and forgeable.', [ref], { event: file.events.stamp });
}

/** When the content that is there now came to its place, as far as the collection kept times. */
export function writtenStep(facts: StoryFacts): StoryStep {
  const { file } = facts;
  if (file === null) return unseen('file-written', 'When its file was written is not known.', withoutFile(facts, 'it says when the file was written'));
  const ref = refOf(file);
  const where = file.path ?? file.evidencePath;
  if (file.modified === null || file.times === 'none') {
    return unseen('file-written', `${where} is in the evidence without a time of the server.`, `The collection kept no times of the server. ${fileSystemRecords(file.path)} would say when the file came.`, [ref]);
  }
  const created = file.times === 'full' ? file.created : null;
  if (created === null) {
    return shown('file-written', fileMoment(file.modified), `The content of ${where} was last written (file time: a copy keeps it, and anybody with access can set it).`, [ref], { event: file.events.written });
  }
  const copied = (secondsBetween(file.modified, created) ?? 0) > 0;
  return copied
    ? shown('file-written', fileMoment(created), `${where} was created here; its content is older (${file.modified}): it was copied, or its time was set.`, [ref], { event: file.events.created })
    : shown('file-written', fileMoment(file.modified), `The content of ${where} was last written; the file was created ${created === file.modified ? 'at the same moment' : `at ${created}`} (file times, settable by anybody with access).`, [ref], { event: file.events.written });
}

function withoutFile(facts: StoryFacts, says: string): string {
  const path = wantedPath(facts);
  const { component } = facts;
  if (path === null) {
    return component.type === null ? 'No file is known for it.' : `No assembly was found for the type. The bin folder of the application, its App_Code, the assembly cache and the temporary files of ASP.NET (C:\\Windows\\Microsoft.NET\\Framework64\\v4.0.30319\\Temporary ASP.NET Files) may hold it; ${says}.`;
  }
  const why = component.fileStatus === 'absent' ? 'The file is not in its folder, which was collected.' : component.fileStatus === 'not-collected' ? 'The file was not collected.' : 'The file could not be read.';
  return `${why} Ask for ${path} (${says}), and for ${fileSystemRecords(path)}, which keep the times of deleted files too.`;
}

const refOf = ({ path, evidencePath, sha256 }: StoryFile) => ({ path, evidencePath, offset: 0, sha256 });
