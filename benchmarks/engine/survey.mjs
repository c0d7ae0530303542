// SurveyJS's model without a screen, driven as drive.py drives our engines:
//     node survey.mjs FILE SECONDS        FILE holds {"survey", "ids", "plan", "revisions"}
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const now = () => process.hrtime.bigint();
const started = now();
const { Model } = await import('survey-core');
const importing = Number(now() - started) / 1e6;
const form = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const seconds = Number(process.argv[3]);
const version = JSON.parse(readFileSync(new URL('node_modules/survey-core/package.json', import.meta.url), 'utf8')).version;

const text = JSON.stringify(form.survey);
let start = now();
const model = new Model(JSON.parse(text));
model.clearInvisibleValues = 'onHidden'; // without it a hidden answer still counts, and other questions are asked
const questions = form.ids.map((id) => model.getQuestionByName(id));
const told = { engine: 'SurveyJS', version, n: form.ids.length, load_ms: Number(now() - start) / 1e6, import_ms: importing };

const quantiles = (what, steps) => {
    const ranked = [...steps].sort((a, b) => a - b);
    const at = (share) => ranked[Math.min(ranked.length - 1, Math.floor(share * ranked.length))] / 1000;
    return ranked.length ? { [`${what}_p50_us`]: at(0.5), [`${what}_p99_us`]: at(0.99), [`${what}_max_us`]: at(1) } : {};
};
const asked = () => createHash('sha256').update(form.ids.filter((_, k) => questions[k].isVisible).join(',')).digest('hex').slice(0, 16);

const steps = [];
let number = 0;
let until = Date.now() + seconds * 1000;
while (number < questions.length && !questions[number].isVisible) number += 1;
while (number < questions.length && Date.now() < until) {
    start = now();
    questions[number].value = form.plan[number];
    number += 1;
    while (number < questions.length && !questions[number].isVisible) number += 1;
    steps.push(Number(now() - start));
}
Object.assign(told, { answers: steps.length, complete: number >= questions.length }, quantiles('answer', steps));
if (told.complete) {
    told.forward_hash = asked();
    const revised = [];
    until = Date.now() + seconds * 1000;
    for (const [at, code] of form.revisions) {
        if (Date.now() > until) break;
        start = now();
        questions[at].value = code;
        revised.push(Number(now() - start));
    }
    Object.assign(told, { revisions: revised.length }, quantiles('revise', revised));
}
told.rss_peak_mb = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify(told));
