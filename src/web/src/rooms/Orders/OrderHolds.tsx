import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTexts } from '@house/i18n/useTexts.tsx';
import { IconHold, IconWarning } from '@house/icons.ts';
import { When } from '@house/parts/When.tsx';
import { useMay, type Permission } from '@house/session.tsx';
import { useActorName } from '@house/useActorName.ts';
import words from '@house/words/texts.en.ts';
import { useSaid } from '@house/words/useSaid.ts';
import css from './OrderHolds.module.css';
import type { Dialog } from './OrderPage.tsx';
import { openHolds, type actionsOf, type Order } from './orders.ts';
import en from './texts.en.ts';

interface Props {
  order: Order;
  actions: ReturnType<typeof actionsOf>;
  open: (dialog: Dialog) => void;
}

/** What stops this order, each with what to do about it. Nothing here means that nothing stops it. */
export function OrderHolds({ order, actions, open }: Props) {
  const t = useTexts(en);
  const word = useTexts(words);
  const nameOf = useActorName();
  const may = useMay();
  const said = useSaid();
  const holds = openHolds(order);
  if (holds.length === 0 && !order.atRiskSince) return null;
  return (
    <section aria-label={t('stops')} className={css.stops}>
      {order.atRiskSince && (
        <div className={css.stop} data-tone="warn">
          <IconWarning className={css.mark} aria-hidden />
          <div className={css.words}>
            <strong>{t('atRisk.title')}</strong>
            <span>
              {t.node('atRisk.since', { when: <When at={order.atRiskSince} /> })}
            </span>
          </div>
          <div className={css.fix}>
            {actions.prioritise && order.priority <= 0 && (
              <Button size="compact-sm" variant="default" onClick={() => open({ kind: 'priority' })}>
                {t('fix.first')}
              </Button>
            )}
            {actions.edit && (
              <Button size="compact-sm" variant="default" onClick={() => open({ kind: 'edit' })}>
                {t('fix.faster')}
              </Button>
            )}
          </div>
        </div>
      )}
      {holds.map((hold) => {
        const isMoneyOrAddress = hold.kind === 'address' || hold.kind === 'stock' || hold.kind === 'method' || hold.kind === 'unknown_sku' || hold.kind === 'price_off_list';
        const needed = hold.permission && !may(hold.permission as Permission) ? hold.permission : null;
        return (
          <div key={hold.hold} className={css.stop} data-tone="hold">
            <IconHold className={css.mark} aria-hidden />
            <div className={css.words}>
              <strong>
                {t('heldFor', { kind: word.maybe(`hold.${hold.kind}`) })}
                {hold.line !== null && <span className="sy-muted"> · {t('line', { n: hold.line })}</span>}
              </strong>
              <span dir="auto">{said(hold.says, hold.reason)}</span>
              <span className="sy-meta">
                {t.node('hold.since', { when: <When at={hold.openedAt} /> })}
                {hold.owner && ` · ${t('hold.owner', { who: nameOf(hold.owner) })}`}
                {hold.escalateAt && <> · {t.node('hold.escalates', { when: <When at={hold.escalateAt} as="dateTime" /> })}</>}
                {hold.otherOrder && (
                  <>
                    {' · '}
                    <Link to={`/orders/${hold.otherOrder}`}>{t('hold.other')}</Link>
                  </>
                )}
              </span>
            </div>
            <div className={css.fix}>
              {isMoneyOrAddress && actions.edit && (
                <Button size="compact-sm" variant="default" onClick={() => open({ kind: 'edit' })}>
                  {hold.kind === 'address' ? t('fix.address') : t('fix.edit')}
                </Button>
              )}
              {needed && <span className="sy-meta">{t('needsRight', { right: needed })}</span>}
              {actions.release && hold.kind !== 'stock' && !needed && (
                <Button size="compact-sm" variant="default" onClick={() => open({ kind: 'release', hold })}>
                  {hold.kind === 'payment' ? t('fix.paid') : t('releaseHold')}
                </Button>
              )}
              {(hold.kind === 'stock' || hold.kind === 'payment') && actions.cancel && (
                <Button size="compact-sm" variant="default" onClick={() => open({ kind: 'cancel' })}>
                  {t('cancel')}
                </Button>
              )}
            </div>
          </div>
        );
      })}
    </section>
  );
}
