import { api, ask, type Schema } from '../api/client.ts';

export type Job = Schema['JobView'];

export const isEnded = (job: Job): boolean => ['done', 'failed', 'cancelled'].includes(job.state);

const often = 700;
const longest = 60_000;

/** Waits until a job has ended, or for a minute: what it changed can be shown then. */
export async function untilEnded(job: Job): Promise<void> {
  let now = job;
  for (let waited = 0; !isEnded(now) && waited < longest; waited += often) {
    await new Promise((go) => setTimeout(go, often));
    now = await ask(api.GET('/api/v1/jobs/{id}', { params: { path: { id: job.id } } }));
  }
}
