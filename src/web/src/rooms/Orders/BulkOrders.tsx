import { Button, Modal, Select, TagsInput, Textarea } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ask, type Schema } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { JobProgress } from '@house/parts/JobProgress.tsx';
import { isEnded, type Job } from '@house/parts/jobs.ts';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import type { Selection } from '@house/parts/useSelection.ts';
import words from '@house/words/texts.en.ts';
import { UserField } from './OrderAssignee.tsx';
import en from './texts.en.ts';

export type BulkAction = 'tag' | 'untag' | 'hold' | 'releaseHold' | 'cancel' | 'assign';

/** The kinds a person may hold by; the server knows them too. */
export const holdKinds = ['manual', 'customer', 'fraud', 'address', 'documents'] as const;
const releaseKinds = ['manual', 'address', 'payment', 'stock', 'customer', 'fraud', 'duplicate', 'documents', 'method', 'unknown_sku', 'price_off_list', 'credit', 'blacklist'];

interface Props {
  action: BulkAction;
  selection: Selection;
  query: string;
  onClose: () => void;
}

/** One thing to many orders: how many it would be, then a job with what became of each. */
export function BulkOrders({ action, selection, query, onClose }: Props) {
  const t = useTexts(en);
  const word = useTexts(words);
  const queries = useQueryClient();
  const [tags, setTags] = useState<string[]>([]);
  const [reason, setReason] = useState('');
  const [kind, setKind] = useState<string>('manual');
  const [assignee, setAssignee] = useState('');
  const [job, setJob] = useState<Job | null>(null);

  const chosen = selection.isAll ? { query } : { ids: [...selection.ids] };
  const args: Schema['BulkArguments'] =
    action === 'tag' || action === 'untag' ? { tags } : action === 'assign' ? { assignee: assignee.trim() || null } : action === 'cancel' ? { reason: reason || null } : action === 'hold' ? { kind, reason } : { kind, reason: reason || null };
  const isReady = action === 'tag' || action === 'untag' ? tags.length > 0 : action === 'hold' ? reason.trim() !== '' : true;
  const dryRun = useQuery({
    queryKey: ['orders', 'bulk', action, chosen],
    queryFn: ({ signal }) =>
      ask(api.POST('/api/v1/orders/bulk', { body: { action: action as never, ...chosen, dryRun: true, arguments: isReady ? args : sample[action] }, signal })) as Promise<unknown> as Promise<Schema['BulkOrdersDryRun']>,
    staleTime: 10_000,
    retry: false,
  });
  const start = useMutation({
    mutationFn: () => ask(api.POST('/api/v1/orders/bulk', { body: { action: action as never, ...chosen, arguments: args } })) as Promise<unknown> as Promise<Job>,
    onSuccess: (started) => {
      setJob(started);
      void queries.invalidateQueries({ queryKey: ['jobs'] });
    },
  });
  const close = () => {
    if (job) {
      selection.clear();
      void queries.invalidateQueries({ queryKey: ['orders'] });
      if (action === 'tag' || action === 'untag')
        notify(t(`bulk.${action}.done`, { n: job.counts.total ?? 0 }), () => ask(api.POST('/api/v1/jobs/{id}/undo', { params: { path: { id: job.id } } })));
    }
    onClose();
  };
  const n = dryRun.data?.count ?? 0;

  return (
    <Modal opened onClose={close} title={t(`bulk.${action}.title`)} size="var(--sy-dialog)" closeButtonProps={{ 'aria-label': t('close') }}>
      {job ? (
        <div className="sy-stack">
          <JobProgress job={job} onRetry={setJob} />
          <JobEnd id={job.id} />
          <div className="sy-row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={close}>
              {t('close')}
            </Button>
          </div>
        </div>
      ) : (
        <form
          className="sy-stack"
          onSubmit={(e) => {
            e.preventDefault();
            start.mutate();
          }}
        >
          {(action === 'tag' || action === 'untag') && <TagsInput label={t('tags')} value={tags} onChange={setTags} data-autofocus maxTags={20} clearable />}
          {(action === 'hold' || action === 'releaseHold') && (
            <Select
              label={t('hold.kind')}
              value={kind}
              onChange={(v) => setKind(v ?? 'manual')}
              allowDeselect={false}
              data={(action === 'hold' ? [...holdKinds] : releaseKinds).map((k) => ({ value: k, label: word.maybe(`hold.${k}`) }))}
            />
          )}
          {action === 'assign' && <UserField value={assignee} onChange={setAssignee} />}
          {action !== 'tag' && action !== 'untag' && action !== 'assign' && (
            <Textarea label={t('reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} required={action === 'hold'} withAsterisk={false} />
          )}
          <p role="status">
            {dryRun.isPending ? t('bulk.counting') : dryRun.data ? t(dryRun.data.isExact ? 'bulk.would' : 'bulk.wouldMore', { n }) : ''}
          </p>
          <ProblemAlert error={start.error ?? dryRun.error} />
          <div className="sy-row" style={{ justifyContent: 'flex-end' }}>
            <Button variant="default" onClick={onClose}>
              {t('back')}
            </Button>
            <Button type="submit" color={action === 'cancel' ? 'danger' : 'rail'} loading={start.isPending} disabled={!isReady || n === 0}>
              {t(`bulk.${action}.go`, { n })}
            </Button>
          </div>
        </form>
      )}
    </Modal>
  );
}

/** The dry run wants whole arguments; these stand in until the person has written theirs. */
const sample: Record<BulkAction, Schema['BulkArguments']> = {
  tag: { tags: ['x'] }, untag: { tags: ['x'] }, hold: { kind: 'manual', reason: 'x' }, releaseHold: { kind: 'manual' }, cancel: {}, assign: { assignee: null },
};

/** Says when the job has ended, for readers. */
function JobEnd({ id }: { id: string }) {
  const t = useTexts(en);
  const job = useQueryClient().getQueryData<Job>(['jobs', id]);
  return <span className="sy-hidden" role="status">{job && isEnded(job) ? t('bulk.ended') : ''}</span>;
}
