/** What comes next at a task in hand, in few words: "Look 2 in 3:20", "Look now", "Notice: begun". */

import { say } from '../shared/say.js';
import { lawfulWords } from '../shared/task-words.js';
import { countdown } from '../shared/words.js';
import { stageOf } from './looks.js';

export function nextWords(task, looks, officer, now, zone) {
  if (task.state === 'offered') return say('next-offered');
  if (task.state === 'accepted') return lawfulWords(task, now, zone).words;
  const back = task.not_before ? Date.parse(task.not_before) - now : 0;
  if (back > 0) return say('next-back', { countdown: countdown(back) });
  const { stage, own, due } = stageOf(task, looks, officer, now);
  if (stage === 'wait') return say('next-look-in', { number: own + 1, countdown: countdown(due - now) });
  return say(`next-${stage}`, { number: own + 1 });
}
