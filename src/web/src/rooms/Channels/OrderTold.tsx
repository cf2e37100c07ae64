import { useQuery } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import { Section } from '@house/parts/Section.tsx';
import { useMay } from '@house/session.tsx';
import { Rows } from '@rooms/Settings/Frame.tsx';
import { connectionsOptions } from './channels.ts';
import { TaskRow } from './TaskRow.tsx';
import en from './texts.en.ts';

/** On an order's page: what its channel was told of it, and what it could not be told. */
export function OrderTold({ id, channel }: { id: string; channel: string }) {
  const t = useTexts(en);
  const may = useMay();
  const connections = useQuery({ ...connectionsOptions, enabled: may('settings:read'), refetchInterval: false, staleTime: 60_000, retry: false });
  const isConnected = connections.data?.some((c) => c.channel === channel) ?? false;
  const tasks = useQuery({
    queryKey: ['connections', channel, 'tasks', 'order', id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/connections/{channel}/tasks', { params: { path: { channel }, query: { order: id, limit: 50 } }, signal })),
    enabled: isConnected,
  });
  const rows = tasks.data?.data ?? [];
  if (!tasks.error && rows.length === 0) return null;
  return (
    <Section title={t('order.told')}>
      <ProblemAlert error={tasks.error} again={() => void tasks.refetch()} />
      {rows.length > 0 && (
        <Rows label={t('order.told')}>
          {rows.map((task) => (
            <TaskRow key={task.key} of={task} channel={channel} isOfOrder />
          ))}
        </Rows>
      )}
    </Section>
  );
}
