/** The phone's rules that have to be the server's, asked line by line: a case as JSON, then its answer as JSON. */

import { createInterface } from 'node:readline';
import { missing } from '../../static/patrol/evidence.js';
import { looksBritish, normalPlate } from '../../static/patrol/plates.js';
import { say } from '../../static/shared/say.js';

const JUDGES = {
  evidence: ({ looks, officer, rule }) => missing(looks, officer, rule).map(({ name, values }) => say(name, values)),
  plate: ({ text }) => normalPlate(text),
  british: ({ plate }) => looksBritish(plate),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { judge, ...asked } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(JUDGES[judge](asked))}\n`);
}
