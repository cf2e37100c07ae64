import type { Schema } from '../api/client.ts';

export type Job = Schema['JobView'];

export const isEnded = (job: Job): boolean => ['done', 'failed', 'cancelled'].includes(job.state);
