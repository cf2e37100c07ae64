import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api, ask } from '@house/api/client.ts';
import { IconCircleCheck, IconSend, IconUndo } from '@house/icons.ts';
import { useFormat } from '@house/i18n/useFormat.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { ProblemAlert } from '@house/parts/ProblemAlert.tsx';
import handheld from '@rooms/Handheld/Handheld.module.css';
import css from './Dock.module.css';
import type { Dock, Last } from './useDock.ts';
import en from './texts.en.ts';

/** What was booked in last, and what becomes of it: waiting orders first, then a bin, damaged goods apart. It can be taken back while the delivery is open. */
export function LastBooked({ dock, last }: { dock: Dock; last: Last }) {
  const t = useTexts(en);
  const { list } = useFormat();
  const { answer } = last;
  const node = dock.sheet!.delivery.node;
  const good = last.units - last.damaged;
  const places = useQuery({
    queryKey: ['dock', 'hint', last.id],
    queryFn: ({ signal }) => ask(api.GET('/api/v1/nodes/{code}/putaway', { params: { path: { code: node }, query: { sku: last.sku, limit: 5 } }, signal })),
    enabled: answer !== null && good > 0 && !dock.isOffline,
    staleTime: Infinity,
  });
  const bins = [...new Set((places.data?.data ?? []).flatMap((i) => i.places.map((p) => p.bin)))].slice(0, 2);
  const undo = useMutation({
    mutationFn: async () => {
      for (const receipt of answer!.receipts) {
        const delivery = await ask(api.POST('/api/v1/deliveries/{id}/receipts/{receipt}/undo', { params: { path: { id: last.delivery, receipt } }, body: { reason: t('undoReason') }, headers: { 'Idempotency-Key': `undo-${receipt}` } }));
        const sheet = dock.present();
        if (sheet?.delivery.id === delivery.id) await dock.put({ ...sheet, delivery });
      }
      await dock.putLast(null);
    },
  });
  return (
    <section className={css.last} data-kept={answer === null || undefined} aria-label={t('lastBooked')}>
      <p className={css.lastTitle} role="status">
        {answer ? <IconCircleCheck size={24} aria-hidden /> : <IconSend size={24} aria-hidden />}
        <span>{t.node(answer ? 'bookedIn' : 'keptHere', { n: last.units, name: <bdi>{last.name}</bdi> })}</span>
      </p>
      {answer !== null && (
        <ul>
          {answer.forOrders > 0 && <li><strong>{t('forOrders', { n: answer.forOrders })}</strong></li>}
          {bins.length > 0 && <li>{t('goesTo', { bins: list(bins) })}</li>}
          {last.damaged > 0 && <li>{answer.bin !== null ? t('damagedTo', { n: last.damaged, bin: answer.bin }) : t('damagedApart', { n: last.damaged })}</li>}
        </ul>
      )}
      <ProblemAlert error={undo.error} what={t('undoNot')} />
      {answer !== null && (
        <Button variant="default" className={handheld.big!} leftSection={<IconUndo size={20} aria-hidden />} disabled={dock.isOffline} loading={undo.isPending} onClick={() => undo.mutate()}>
          {t('undo')}
        </Button>
      )}
    </section>
  );
}
