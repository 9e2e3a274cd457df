/** The story of a component as plain lines: the page copies the same text. */
export { storyText } from '../../shared/model/story-text.ts';
