import { Textarea } from '@mantine/core';
import { useState } from 'react';
import { api, ask } from '@house/api/client.ts';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { Consequences } from '@house/parts/Consequences.tsx';
import { notify } from '@house/parts/notices.ts';
import { Status } from '@house/parts/Status.tsx';
import { useMay } from '@house/session.tsx';
import words from '@house/words/texts.en.ts';
import { holdKinds } from './bulk.ts';
import { openHolds, type Hold, type Order } from './orders.ts';
import { useOrderChange } from './useOrderChange.ts';
import { useSaid } from '@house/words/useSaid.ts';
import en from './texts.en.ts';

/** Lets an order go on, as far as this hold stopped it. */
export function ReleaseHold({ order, hold, onClose }: { order: Order; hold: Hold; onClose: () => void }) {
  const t = useTexts(en);
  const said = useSaid();
  const word = useTexts(words);
  const may = useMay();
  const [reason, setReason] = useState('');
  const at = { params: { path: { id: order.id } } };
  const kind = word.maybe(`hold.${hold.kind}`);
  const release = useOrderChange(
    order.id,
    () => ask(api.POST('/api/v1/orders/{id}/release-hold', { ...at, body: { hold: hold.hold, reason: reason || null } })),
    () => {
      // Only what people put on by hand can be put back by hand; what a rule found it finds again.
      const byHand = holdKinds.find((k) => k === hold.kind);
      notify(
        t('release.done', { number: order.number, kind }),
        byHand && (() => ask(api.POST('/api/v1/orders/{id}/hold', { ...at, body: { kind: byHand, reason: hold.reason, line: hold.line } }))),
      );
      onClose();
    },
  );
  const others = openHolds(order).filter((h) => h.hold !== hold.hold);
  const right = hold.permission as `${string}:${string}` | null;
  return (
    <Consequences
      opened
      onClose={onClose}
      title={t('release.title', { number: order.number, kind })}
      rows={[
        { what: t('release.hold'), now: <Status tone="hold">{kind}</Status>, after: t('release.closed') },
        { what: t('effect.leaves'), now: t('no'), after: others.length > 0 ? t('release.others', { n: others.length }) : t('yes') },
      ]}
      confirm={t('release.go')}
      notYet={right && !may(right) ? t('needsRight', { right }) : null}
      onConfirm={() => release.mutate()}
      isPending={release.isPending}
      error={release.error}
    >
      <p dir="auto">{said(hold.says, hold.reason)}</p>
      <Textarea label={t('reason')} description={t('release.why')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={500} autosize minRows={2} data-autofocus />
    </Consequences>
  );
}
