import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { notify } from '@house/parts/notices.ts';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Status } from '@house/parts/Status.tsx';
import { When } from '@house/parts/When.tsx';
import { useMay } from '@house/session.tsx';
import { Row } from '@rooms/Settings/Frame.tsx';
import { taskTones, type Task } from './channels.ts';
import { OrderLink } from './OrderLink.tsx';
import en from './texts.en.ts';

/** One thing the channel is told, or was; with what can be done when it was not. */
export function TaskRow({ of: task, channel, isOfOrder = false }: { of: Task; channel: string; isOfOrder?: boolean }) {
  const t = useTexts(en);
  const mayWrite = useMay()('settings:write');
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (what: 'retry' | 'drop') => {
      const at = { params: { path: { channel, key: task.key } } };
      return ask(what === 'retry' ? api.POST('/api/v1/connections/{channel}/tasks/{key}/retry', at) : api.POST('/api/v1/connections/{channel}/tasks/{key}/drop', at));
    },
    onSuccess: async (_done, what) => {
      await queries.invalidateQueries({ queryKey: ['connections'] });
      notify(t(what === 'retry' ? 'tasks.retried' : 'tasks.isDropped', { number: task.orderNumber }));
    },
  });
  return (
    <Row
      name={t(`task.${task.kind}`)}
      beside={
        <>
          {!isOfOrder && <OrderLink id={task.orderId as string} number={task.orderNumber} />} <Status tone={taskTones[task.state]}>{t(`tasks.${task.state}`)}</Status> <When at={task.doneAt ?? task.createdAt} />
        </>
      }
      end={
        mayWrite &&
        task.state !== 'done' && (
          <>
            {(task.state === 'parked' || task.state === 'dropped') && (
              <Button size="compact-sm" variant="default" loading={act.isPending && act.variables === 'retry'} disabled={act.isPending} aria-label={t('tasks.retryOf', { number: task.orderNumber })} onClick={() => act.mutate('retry')}>
                {t('tasks.retry')}
              </Button>
            )}
            {task.state !== 'dropped' && (
              <Button size="compact-sm" variant="default" loading={act.isPending && act.variables === 'drop'} disabled={act.isPending} aria-label={t('tasks.dropOf', { number: task.orderNumber })} onClick={() => act.mutate('drop')}>
                {t('tasks.drop')}
              </Button>
            )}
          </>
        )
      }
    >
      {task.said && <span dir="auto">{task.said}</span>}
      {task.state === 'waiting' && task.tries > 0 && <> {t('tries', { n: task.tries })}{task.dueAt && <> · {t.node('tasks.again', { when: <When at={task.dueAt} /> })}</>}</>}
      {task.answer && <bdi className="sy-code sy-muted">{task.answer}</bdi>}
      <ProblemAlert error={act.error} />
    </Row>
  );
}
