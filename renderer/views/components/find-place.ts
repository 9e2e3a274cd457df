import type { Client } from '../../../shared/contract/index.ts';
import type { Range } from '../../ui/index.ts';

/** The first place at which a file has a text as a string, in either encoding; else a sentence that says why there is none. */
export async function findPlace(client: Client, evidencePath: string, text: string): Promise<Range | string> {
  const result = await client.request('image.strings', { evidencePath, offset: 0, limit: 1000, text: text.slice(0, 500), minimum: 3 });
  if (!result.ok) return result.failure.message;
  if (!result.value.available) return result.value.reason ?? 'The bytes of the file are not at hand.';
  // A string that is the text as a whole, rather than one that only has it inside.
  const found = result.value.strings.find((s) => s.text === text) ?? result.value.strings.find((s) => s.text.includes(text));
  if (found === undefined) return `The file has no string that reads ${text}.`;
  const width = found.encoding === 'utf16' ? 2 : 1;
  return { offset: found.offset + found.text.indexOf(text) * width, length: text.length * width };
}
