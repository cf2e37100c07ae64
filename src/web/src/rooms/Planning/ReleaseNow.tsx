import { api, ask } from '@house/api/client.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { When } from '@house/parts/When.tsx';
import { useOrderChange } from '@rooms/Orders/useOrderChange.ts';
import type { Queued } from './queue.ts';
import en from './texts.en.ts';

/** Gives an order to its nodes before its wave: from then on they pick. */
export function ReleaseNow({ queued: q, onClose }: { queued: Queued; onClose: () => void }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const send = useOrderChange(
    q.order,
    () => ask(api.POST('/api/v1/orders/{id}/release', { params: { path: { id: q.order } }, body: {} })),
    () => {
      notify(t('release.done', { number: q.orderNumber }));
      onClose();
    },
  );
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('release.title', { number: q.orderNumber })}
      rows={[
        ...q.nodes.map((n) => ({
          what: t('release.units', { n: n.units, node: n.node }),
          now: n.nextWave ? t.node('release.wave', { at: <When at={n.nextWave} as="dateTime" /> }) : t('release.waits'),
          after: t('release.given'),
        })),
        { what: t('release.planning'), now: t('release.mayMove'), after: t('release.stays') },
      ]}
      confirm={t('release.go', { nodes: list(q.nodes.map((n) => n.node)) })}
      onConfirm={() => send.mutate()}
      isPending={send.isPending}
      error={send.error}
    />
  );
}
